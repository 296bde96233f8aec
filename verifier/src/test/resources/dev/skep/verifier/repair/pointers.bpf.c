// Numbers used as pointers, and pointers that may be null. The line to change is marked.
#include "verdict.h"

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ptrace.h>

#include <bpf/bpf_tracing.h>

struct entry {
	u64 packets;
	u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, u32);
	__type(value, struct entry);
} entries SEC(".maps");

struct node {
	u64 next;
	u32 id;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct node);
} nodes SEC(".maps");

SEC("kprobe/do_unlinkat") REJECTED("scalar-as-pointer")
int an_argument_is_followed(struct pt_regs *ctx)
{
	struct node *node = (struct node *)PT_REGS_PARM1(ctx);

	u32 id = node->id; // cause
	return id == 1;
}

SEC("xdp") REJECTED("nullable-pointer")
int a_statement_begins_with_a_star(struct xdp_md *ctx)
{
	u32 key = ctx->ingress_ifindex;
	struct entry *entry = bpf_map_lookup_elem(&entries, &key);
	*&entry->packets += 1; // cause
	return XDP_PASS;
}

SEC("kprobe/do_unlinkat") REJECTED("scalar-as-pointer")
int an_address_kept_in_a_map_is_followed(struct pt_regs *ctx)
{
	u32 key = 0;
	struct node *node = bpf_map_lookup_elem(&nodes, &key);

	if (!node)
		return 0;
	struct node *next = (struct node *)node->next;
	key = next->id; // cause
	bpf_map_delete_elem(&entries, &key);
	return 0;
}

SEC("tc") REJECTED("scalar-as-pointer")
int packet_pointers_from_before_a_change(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	struct ethhdr *eth = data;

	if ((void *)(eth + 1) > data_end)
		return 0;
	bpf_skb_change_head(skb, 14, 0); // cause
	eth->h_dest[0] = 2;
	return 0;
}

SEC("xdp") REJECTED("scalar-as-pointer")
int packet_pointers_from_before_a_move(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;

	if (data + sizeof(struct ethhdr) + sizeof(struct iphdr) > data_end)
		return XDP_PASS;
	struct iphdr *ip = data + sizeof(struct ethhdr);
	if (bpf_xdp_adjust_head(ctx, -20)) // cause
		return XDP_DROP;
	ip->ttl = 64;
	return XDP_TX;
}

SEC("tc") REJECTED("scalar-as-pointer")
int the_condition_is_the_wrong_way_round(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	struct entry *entry = bpf_map_lookup_elem(&entries, &key);

	if (entry) // cause
		return 0;
	__sync_fetch_and_add(&entry->packets, 1);
	return 0;
}

SEC("raw_tp/sched_switch") REJECTED("scalar-as-pointer")
int a_raw_argument_is_followed(struct bpf_raw_tracepoint_args *ctx)
{
	struct node *previous = (struct node *)ctx->args[1];

	if (previous->id == 7) // cause
		return 1;
	return 0;
}

SEC("tc") REJECTED("nullable-pointer")
int what_is_found_is_not_checked(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	struct entry *entry = bpf_map_lookup_elem(&entries, &key);

	entry->packets++; // cause
	return 0;
}

SEC("tc") REJECTED("nullable-pointer")
int only_one_of_two_is_checked(struct __sk_buff *skb)
{
	u32 key = skb->mark, other = skb->priority;
	struct entry *from = bpf_map_lookup_elem(&entries, &key);
	struct entry *to = bpf_map_lookup_elem(&entries, &other);

	if (!from)
		return 0;
	to->bytes = from->bytes; // cause
	return 0;
}

SEC("tc") REJECTED("nullable-pointer")
int checked_in_one_branch_only(struct __sk_buff *skb)
{
	u32 key = skb->mark;
	struct entry *entry = bpf_map_lookup_elem(&entries, &key);

	if (skb->len > 100 && !entry)
		return 0;
	if (skb->protocol == 8)
		entry->bytes += skb->len; // cause
	return 0;
}
