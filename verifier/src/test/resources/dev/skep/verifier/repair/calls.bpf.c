// Arguments and lengths of helpers, what a type of program may call and return. The line to change is marked.
#include "verdict.h"

#include <linux/ptrace.h>

#include <bpf/bpf_tracing.h>

struct event {
	u32 pid;
	u8 kind;
	char text[40];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, u32);
	__type(value, u64);
} counts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("tc") REJECTED("helper-argument")
int the_key_itself_is_given(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	u64 *count = bpf_map_lookup_elem(&counts, (void *)(long)key); // cause

	if (count)
		*count += 1;
	return 0;
}

SEC("tc") REJECTED("helper-argument")
int the_value_itself_is_given(struct __sk_buff *skb)
{
	u32 key = 1;
	u64 value = skb->len;

	bpf_map_update_elem(&counts, &key, (void *)value, BPF_ANY); // cause
	return 0;
}

SEC("tc") REJECTED("helper-argument")
int a_variable_is_given_as_the_context(struct __sk_buff *skb)
{
	u8 bytes[8] = {};

	bpf_skb_load_bytes(bytes, 0, bytes, 8); // cause
	return bytes[0];
}

SEC("kprobe/do_unlinkat") REJECTED("length-argument")
int a_length_that_may_be_negative(struct pt_regs *ctx)
{
	char text[64] = {};
	int length = PT_REGS_PARM2(ctx);

	if (length > 64) // cause
		return 0;
	bpf_probe_read_user(text, length, (void *)PT_REGS_PARM1(ctx));
	return text[0];
}

SEC("kprobe/do_unlinkat") REJECTED("length-argument")
int a_length_without_a_limit(struct pt_regs *ctx)
{
	char text[64] = {};
	u32 length = PT_REGS_PARM2(ctx);

	bpf_probe_read_user(text, length, (void *)PT_REGS_PARM1(ctx)); // cause
	return text[0];
}

SEC("tc") REJECTED("length-argument")
int a_length_that_may_be_zero(struct __sk_buff *skb)
{
	char text[64] = {};
	u32 length = skb->len;

	if (length > sizeof(text)) // cause
		return 0;
	bpf_skb_load_bytes(skb, 0, text, length);
	return text[0];
}

SEC("tc") REJECTED("policy")
int a_helper_of_another_type(struct __sk_buff *skb)
{
	char text[16] = {};

	bpf_get_current_comm(text, sizeof(text));
	bpf_override_return((void *)skb, 1); // cause
	return 0;
}

SEC("xdp") REJECTED("policy")
int a_helper_for_buffers_of_sockets(struct xdp_md *ctx)
{
	long failed = bpf_skb_pull_data((void *)ctx, 14); // cause

	return failed ? XDP_DROP : XDP_PASS;
}

SEC("cgroup/sock_create") REJECTED("return-value")
int a_result_that_is_not_allowed(struct bpf_sock *sk)
{
	if (sk->family == 2) // cause
		return 5;
	return 1;
}

SEC("tc") REJECTED("reference")
int a_record_is_forgotten(struct __sk_buff *skb)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 0;
	event->pid = skb->mark;
	if (skb->len > 1000) // cause
		return 0;
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("tc") REJECTED("nullable-pointer")
int a_record_that_may_not_be_had(struct __sk_buff *skb)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	event->pid = skb->mark; // cause
	bpf_ringbuf_submit(event, 0);
	return 0;
}
