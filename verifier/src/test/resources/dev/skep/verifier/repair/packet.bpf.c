// Packet bytes that may not be there. The line to change is marked.
#include "verdict.h"

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>

SEC("xdp") REJECTED("packet-bounds")
int nothing_is_compared(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	struct ethhdr *eth = data;

	if (eth->h_proto == bpf_htons(ETH_P_IP)) // cause
		return XDP_DROP;
	return XDP_PASS;
}

SEC("xdp") REJECTED("packet-bounds")
int the_second_header_is_not_compared(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);

	if ((void *)(eth + 1) > data_end)
		return XDP_PASS;
	if (eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (ip->protocol == IPPROTO_UDP) // cause
		return XDP_DROP;
	return XDP_PASS;
}

SEC("tc") REJECTED("packet-bounds")
int less_is_compared_than_read(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;

	if (data + 14 > data_end) // cause
		return 0;
	u32 *word = data + 12;
	if (*word == 8)
		return 2;
	return 0;
}

SEC("xdp") REJECTED("packet-bounds")
int a_header_behind_options_is_not_compared(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct iphdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > data_end)
		return XDP_PASS;
	struct tcphdr *tcp = (void *)ip + ip->ihl * 4;
	if (tcp->dest == bpf_htons(80)) // cause
		return XDP_DROP;
	return XDP_PASS;
}

SEC("xdp") REJECTED("packet-bounds")
int payload_byte_by_byte(struct xdp_md *ctx)
{
	u8 *data = (void *)(long)ctx->data;
	u8 *data_end = (void *)(long)ctx->data_end;
	u32 sum = 0;

	if (data + 16 > data_end)
		return XDP_PASS;
	for (int i = 0; i < 32; i++) {
		hide(sum);
		sum += data[i]; // cause
	}
	return sum > 1000 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") REJECTED("packet-bounds")
int compared_the_wrong_way_round(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;

	if (data + sizeof(*eth) < data_end) // cause
		return XDP_PASS;
	eth->h_source[0] = 0;
	return XDP_TX;
}

SEC("tc") REJECTED("packet-bounds")
int an_offset_of_any_size(struct __sk_buff *skb)
{
	u8 *data = (void *)(long)skb->data;
	u8 *data_end = (void *)(long)skb->data_end;
	u32 offset = skb->mark;

	u8 *option = data + offset; // cause
	if (option + 1 > data_end)
		return 0;
	return *option == 1 ? 2 : 0;
}

static __always_inline int port_of(struct iphdr *ip, void *data_end)
{
	struct udphdr *udp = (void *)(ip + 1);

	if (ip->protocol != IPPROTO_UDP)
		return -1;
	return udp->dest; // cause
}

SEC("xdp") REJECTED("packet-bounds")
int an_inlined_function_does_not_compare(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *data_end = (void *)(long)ctx->data_end;
	struct iphdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > data_end)
		return XDP_PASS;
	if (port_of(ip, data_end) == bpf_htons(53))
		return XDP_DROP;
	return XDP_PASS;
}
