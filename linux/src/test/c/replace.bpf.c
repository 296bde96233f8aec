/* A program with a function that others replace or trace, one that replaces it, and one that counts its calls. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__attribute__((noinline)) int verdict(struct xdp_md *ctx)
{
	volatile int answer = XDP_PASS;

	return answer + (ctx == 0);
}

SEC("xdp")
int filter(struct xdp_md *ctx)
{
	return verdict(ctx);
}

SEC("?freplace/verdict")
int drop(struct xdp_md *ctx)
{
	return XDP_DROP;
}

int traced;

SEC("?fentry/verdict")
int trace(__u64 *arguments)
{
	__sync_fetch_and_add(&traced, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
