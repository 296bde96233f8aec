/* A program with a function that others replace, and one that does. */
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

char LICENSE[] SEC("license") = "GPL";
