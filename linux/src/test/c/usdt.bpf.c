/* Reads the arguments of probes with libbpf's usdt.bpf.h: what a user of USDT compiles. */
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>
#include <bpf/usdt.bpf.h>

#define MAX_ARGUMENTS 12

struct seen {
	__u64 runs;
	__u64 count;
	__u64 cookie;
	__u64 arguments[MAX_ARGUMENTS];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct seen);
} seen SEC(".maps");

SEC("usdt")
int see(struct pt_regs *ctx)
{
	__u32 key = 0;
	struct seen *s = bpf_map_lookup_elem(&seen, &key);
	int i;

	if (!s)
		return 0;
	s->count = bpf_usdt_arg_cnt(ctx);
	s->cookie = bpf_usdt_cookie(ctx);
	for (i = 0; i < MAX_ARGUMENTS; i++) {
		long value = 0;

		bpf_usdt_arg(ctx, i, &value);
		s->arguments[i] = value;
	}
	__sync_fetch_and_add(&s->runs, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
