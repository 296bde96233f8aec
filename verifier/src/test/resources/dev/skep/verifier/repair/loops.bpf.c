// Loops, large frames, and what real programs get wrong besides. The line to change is marked.
#include "verdict.h"

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ptrace.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

struct message {
	u32 length;
	char text[128];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct message);
} messages SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, u32);
	__type(value, u64);
} by_address SEC(".maps");

u64 samples[32];

SEC("tc") REJECTED("map-value-bounds")
int as_many_rounds_as_the_packet_says(struct __sk_buff *skb)
{
	for (u32 i = 0; i < skb->len; i++) {
		hide(i);
		samples[i] = i; // cause
	}
	return 0;
}

SEC("tc") REJECTED("too-complex")
int a_loop_that_is_far_too_long(struct __sk_buff *skb)
{
	u32 sum = 0;

	for (u32 i = 0; i < skb->len; i++) { // cause
		sum += i;
		hide(sum);
	}
	return sum == 7;
}

SEC("tc") REJECTED("map-value-bounds")
int one_round_too_many(struct __sk_buff *skb)
{
	u64 sum = 0;

	for (int i = 0; i <= 32; i++) {
		hide(i);
		sum += samples[i]; // cause
	}
	return sum == 7;
}

static __noinline int checksum_of(struct __sk_buff *skb, u32 offset)
{
	u8 bytes[256];

	if (bpf_skb_load_bytes(skb, offset, bytes, sizeof(bytes)))
		return 0;
	return bytes[offset & 255] + bytes[7];
}

SEC("tc") REJECTED("stack-size")
int two_large_frames(struct __sk_buff *skb) // cause
{
	u8 bytes[320];

	if (bpf_skb_load_bytes(skb, 0, bytes, sizeof(bytes)))
		return 0;
	return checksum_of(skb, bytes[3]) + bytes[skb->mark & 255];
}

SEC("kprobe/do_unlinkat") REJECTED("length-argument")
int a_string_as_long_as_the_caller_says(struct pt_regs *ctx)
{
	u32 key = 0;
	struct message *message = bpf_map_lookup_elem(&messages, &key);

	if (!message)
		return 0;
	message->length = PT_REGS_PARM2(ctx);
	bpf_probe_read_user(message->text, message->length, (void *)PT_REGS_PARM1(ctx)); // cause
	return 0;
}

SEC("kprobe/do_unlinkat") REJECTED("length-argument")
int the_result_of_a_helper_as_a_length(struct pt_regs *ctx)
{
	char text[64];
	char copy[64];

	long length = bpf_probe_read_user_str(text, sizeof(text), (void *)PT_REGS_PARM1(ctx));
	bpf_probe_read_kernel(copy, length, text); // cause
	return copy[0];
}

SEC("xdp") REJECTED("packet-bounds")
int the_length_of_a_header_is_trusted(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct iphdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > data_end)
		return XDP_PASS;
	struct udphdr *udp = (void *)ip + ip->ihl * 4;
	u8 *payload = (u8 *)(udp + 1);
	if (payload[0] == 'G') // cause
		return XDP_DROP;
	return XDP_PASS;
}

SEC("xdp") REJECTED("packet-bounds")
int a_packet_as_a_key(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct iphdr *ip = data + sizeof(struct ethhdr);

	if (data + sizeof(struct ethhdr) > data_end)
		return XDP_PASS;
	u64 *count = bpf_map_lookup_elem(&by_address, &ip->saddr); // cause
	if (count)
		*count += 1;
	return XDP_PASS;
}

SEC("tc") REJECTED("packet-bounds")
int written_without_a_comparison(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	struct iphdr *ip = data + sizeof(struct ethhdr);

	__builtin_memcpy(&ip->daddr, &skb->cb[0], 4); // cause
	return 0;
}

SEC("xdp") REJECTED("packet-bounds")
int a_switch_over_protocols(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct iphdr *ip = data + sizeof(struct ethhdr);
	struct udphdr *udp = (void *)(ip + 1);

	if ((void *)(ip + 1) > data_end)
		return XDP_PASS;
	switch (ip->protocol) {
	case IPPROTO_UDP:
		return udp->dest == bpf_htons(53) ? XDP_DROP : XDP_PASS; // cause
	default:
		return XDP_PASS;
	}
}

SEC("tc") REJECTED("nullable-pointer")
int what_is_found_is_used_in_the_condition(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	u64 *count = bpf_map_lookup_elem(&by_address, &key);

	if (*count > 100) // cause
		return 2;
	return 0;
}

SEC("tc") REJECTED("nullable-pointer")
int two_statements_in_a_body(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	u64 *count = bpf_map_lookup_elem(&by_address, &key);

	if (skb->len > 64) {
		*count = skb->len; // cause
		skb->mark = 0;
	}
	return 0;
}

SEC("kprobe/do_unlinkat") REJECTED("stack-access")
int more_than_the_buffer_has(struct pt_regs *ctx)
{
	char text[16];

	bpf_probe_read_user(text, 64, (void *)PT_REGS_PARM1(ctx)); // cause
	return text[0];
}

SEC("cgroup_skb/egress") REJECTED("return-value")
int a_result_computed(struct __sk_buff *skb)
{
	return skb->len; // cause
}

SEC("tc") REJECTED("helper-argument")
int null_for_a_value(struct __sk_buff *skb)
{
	u32 key = 1;

	bpf_map_update_elem(&by_address, &key, 0, BPF_ANY); // cause
	return 0;
}
