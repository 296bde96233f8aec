// Mistakes in programs as they are written: several functions, macros, statements over several lines. The line to change is marked.
#include "verdict.h"

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>

#include <bpf/bpf_endian.h>

struct cursor {
	void *pos;
	void *end;
};

struct flow {
	u32 saddr;
	u32 daddr;
	u16 sport;
	u16 dport;
};

struct ring {
	int head;
	char buf[256];
};

struct event {
	u32 len;
	char data[128];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, struct flow);
	__type(value, u64);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct ring);
} rings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct event);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} output SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} records SEC(".maps");

static __always_inline int ethernet(struct cursor *c, u16 *proto)
{
	struct ethhdr *eth = c->pos;

	if ((void *)(eth + 1) > c->end)
		return -1;
	*proto = eth->h_proto;
	c->pos = eth + 1;
	return 0;
}

static __always_inline struct iphdr *internet(struct cursor *c)
{
	struct iphdr *ip = c->pos;

	if ((void *)(ip + 1) > c->end)
		return NULL;
	c->pos = ip + 1;
	return ip;
}

SEC("xdp") REJECTED("packet-bounds")
int a_cursor_is_not_advanced_by_the_caller(struct xdp_md *ctx)
{
	struct cursor c = {
		.pos = (void *)(long)ctx->data,
		.end = (void *)(long)ctx->data_end,
	};
	struct flow key = {};
	struct iphdr *ip;
	struct tcphdr *tcp;
	u16 proto;
	u64 *count;

	if (ethernet(&c, &proto) < 0 || proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = internet(&c);
	if (!ip || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;

	tcp = c.pos;
	key.saddr = ip->saddr;
	key.daddr = ip->daddr;
	key.sport = tcp->source; // cause
	key.dport = tcp->dest;
	count = bpf_map_lookup_elem(&flows, &key);
	if (count)
		__sync_fetch_and_add(count, 1);
	return XDP_PASS;
}

SEC("xdp") REJECTED("packet-bounds")
int metadata_end_where_the_packet_starts(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	u32 *mark;

	if (bpf_xdp_adjust_meta(ctx, -(int)sizeof(*mark)) < 0)
		return XDP_ABORTED;
	mark = (void *)(long)ctx->data_meta;
	if ((void *)(mark + 1) > data) {
		return XDP_ABORTED;
	}
	*mark = 42; // cause
	return XDP_PASS;
}

SEC("xdp") REJECTED("packet-bounds")
int a_length_is_declared_behind_what_is_compiled_first(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);

	if ((void *)(ip + 1) > data_end)
		return XDP_PASS;
	int total = bpf_ntohs(ip->tot_len);
	u8 *last = (u8 *)ip + total - 1;
	if (last >= (u8 *)data_end) // cause
		return XDP_PASS;
	if (*last == 0xaa)
		return XDP_DROP;
	return XDP_PASS;
}

SEC("xdp") REJECTED("scalar-as-pointer")
int a_header_is_copied_from_where_the_packet_was(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *old = data;
	struct ethhdr *eth;

	if (old + 1 > (struct ethhdr *)data_end)
		return XDP_PASS;
	if (bpf_xdp_adjust_head(ctx, -(int)sizeof(struct iphdr))) // cause
		return XDP_ABORTED;
	data = (void *)(long)ctx->data;
	data_end = (void *)(long)ctx->data_end;
	eth = data;
	if (eth + 1 > (struct ethhdr *)data_end)
		return XDP_ABORTED;
	__builtin_memcpy(eth->h_dest, old->h_dest, ETH_ALEN);
	return XDP_TX;
}

SEC("xdp") REJECTED("stack-access")
int a_loop_is_unrolled(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	u8 seen[32] = {};
	u8 *p = data;
	int twice = 0;

	if (data + 8 > data_end)
		return XDP_PASS;
	for (int i = 0; i < 8; i++) {
		u8 b = p[i];

		if (seen[b]) // cause
			twice++;
		seen[b] = 1;
	}
	return twice > 4 ? XDP_DROP : XDP_PASS;
}

static __always_inline void append(struct ring *r, char c)
{
	if (r->head < 256) { // cause
		r->buf[r->head] = c;
		r->head++;
	}
}

SEC("cgroup_skb/egress") REJECTED("pointer-arithmetic")
int an_inlined_function_returns_nothing(struct __sk_buff *skb)
{
	u32 key = 0;
	struct ring *r;
	u8 ttl = 0;

	if (bpf_skb_load_bytes(skb, 8, &ttl, 1) < 0)
		return 1;
	r = bpf_map_lookup_elem(&rings, &key);
	if (r)
		append(r, ttl);
	return 1;
}

__noinline int pick(u32 hash)
{
	return hash & 0x3f;
}

SEC("xdp") REJECTED("map-value-bounds")
int the_compiler_knows_what_a_global_function_returns(struct xdp_md *ctx)
{
	u32 zero = 0;
	struct ring *r = bpf_map_lookup_elem(&rings, &zero);
	int i;

	if (!r)
		return XDP_PASS;
	i = pick(ctx->rx_queue_index);
	if (r->buf[i] == 0) // cause
		return XDP_DROP;
	return XDP_PASS;
}

SEC("tracepoint/syscalls/sys_enter_pread64") REJECTED("pointer-arithmetic")
int one_line_has_two_mistakes(u64 *ctx)
{
	u32 zero = 0;
	struct event *e = bpf_map_lookup_elem(&events, &zero);
	u64 pos = ctx[5];
	u64 n = ctx[4];

	if (!e)
		return 0;
	if (pos + n > sizeof(e->data))
		return 0;
	bpf_probe_read_user(&e->data[pos], n, (void *)ctx[3]); // cause
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_unlinkat") REJECTED("length-argument")
int a_call_goes_over_two_lines(u64 *ctx)
{
	u32 zero = 0;
	struct event *e = bpf_map_lookup_elem(&events, &zero);
	int n;

	if (!e)
		return 0;
	n = bpf_probe_read_user_str(e->data, sizeof(e->data),
				    (const char *)ctx[3]);
	e->len = n;
	bpf_perf_event_output(ctx, &output, BPF_F_CURRENT_CPU, // cause
			      e, sizeof(e->len) + n);
	return 0;
}

SEC("sockops") REJECTED("nullable-pointer")
int an_else_without_braces(struct bpf_sock_ops *ops)
{
	struct flow key = {};
	u64 *r;

	switch (ops->op) {
	case 4:
		bpf_map_delete_elem(&flows, &key);
		break;
	case 10:
		r = bpf_map_lookup_elem(&flows, &key);
		if (ops->args[1] == 7)
			bpf_map_delete_elem(&flows, &key);
		else
			*r = ops->args[1]; // cause
		break;
	}
	return 1;
}

SEC("tracepoint/signal/signal_generate") REJECTED("reference")
int an_else_leaves_without_giving_back(u64 *ctx)
{
	struct event *e;

	e = bpf_ringbuf_reserve(&records, sizeof(*e), 0);
	if (!e)
		return 0;
	e->len = ctx[1];
	if (bpf_get_current_comm(e->data, 16) != 0) {
		bpf_ringbuf_discard(e, 0);
		return 0;
	} else if (e->len < 9) { // cause
		bpf_printk("ignored %u", e->len);
		return 0;
	}
	bpf_ringbuf_submit(e, 0);
	return 0;
}

static __always_inline struct bpf_sock *find(struct __sk_buff *skb, struct bpf_sock_tuple *tuple)
{
	return bpf_sk_lookup_tcp(skb, tuple, sizeof(tuple->ipv4), BPF_F_CURRENT_NETNS, 0);
}

SEC("tc") REJECTED("reference")
int an_inlined_function_acquires(struct __sk_buff *skb)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_sock *sk;

	tuple.ipv4.daddr = skb->mark;
	sk = find(skb, &tuple);
	if (!sk)
		return 2;
	if (sk->state != BPF_TCP_ESTABLISHED) // cause
		return 2;
	bpf_sk_release(sk);
	return 0;
}

struct task {
	int tgid;
	struct task *parent;
};

u64 hits;
int wanted;

SEC("tracepoint/sched/sched_switch") REJECTED("scalar-as-pointer")
int a_condition_goes_over_two_lines(void *ctx)
{
	struct task *task = (struct task *)bpf_get_current_task();

	if (task->tgid == 0) // cause
		return 0;
	if (wanted &&
	    task->parent != NULL)
		hits++;
	return 0;
}
