// SPDX-License-Identifier: Apache-2.0
//
// Destination NAT at TC ingress: a TCP or UDP packet to one of the published services goes on to the machine and port that
// really offers it. The program writes the new address and port into the packet, has the kernel patch the IP and TCP/UDP
// checksums, and marks the packet. Everything else passes as it is.
//
// Fill the map `services`, then look at the packets that come out: see README.md.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <stddef.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define IP_OFFSET sizeof(struct ethhdr)
#define FRAGMENT_BITS 0x3fff

// What translated packets are marked with (__sk_buff.mark), so that rules behind this one can tell them.
const volatile __u32 translated_mark = 0xd4a7;

// Address as on the wire, port and protocol as numbers a person reads.
struct endpoint {
	__u8 address[4];
	__u16 port;
	__u16 protocol;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 128);
	__type(key, struct endpoint);
	__type(value, struct endpoint);
} services SEC(".maps");

__u64 translated_packets;
__u64 untouched_packets;

// Where in the packet things are that get rewritten.
struct place {
	__u32 transport; // offset of the TCP or UDP header
	__u32 checksum;  // offset of its checksum
	__u64 checksum_flags;
};

static __always_inline int find_place(struct __sk_buff *skb, struct iphdr *ip, struct place *place)
{
	if (bpf_skb_load_bytes(skb, IP_OFFSET, ip, sizeof(*ip)) < 0)
		return -1;
	// A fragment has no port, or a checksum over more than this packet.
	if (ip->version != 4 || ip->ihl < 5 || ip->frag_off & bpf_htons(FRAGMENT_BITS))
		return -1;

	place->transport = IP_OFFSET + ip->ihl * 4;
	place->checksum_flags = BPF_F_PSEUDO_HDR;
	switch (ip->protocol) {
	case IPPROTO_TCP:
		place->checksum = place->transport + offsetof(struct tcphdr, check);
		return 0;
	case IPPROTO_UDP:
		place->checksum = place->transport + offsetof(struct udphdr, check);
		// A UDP checksum of zero means there is none, and must stay so.
		place->checksum_flags |= BPF_F_MARK_MANGLED_0;
		return 0;
	default:
		return -1;
	}
}

static __always_inline int translate(struct __sk_buff *skb, struct iphdr *ip, struct place *place,
				     struct endpoint *to)
{
	__be16 old_port, new_port = bpf_htons(to->port);
	__u32 port_offset = place->transport + offsetof(struct tcphdr, dest); // the same place in a UDP header
	__be32 old_address = ip->daddr, new_address;

	__builtin_memcpy(&new_address, to->address, 4);
	if (bpf_skb_load_bytes(skb, port_offset, &old_port, sizeof(old_port)) < 0)
		return -1;

	// The TCP or UDP checksum covers the addresses too (the "pseudo header"), the IP checksum only its own header.
	if (bpf_l4_csum_replace(skb, place->checksum, old_address, new_address, place->checksum_flags | 4) < 0 ||
	    bpf_l4_csum_replace(skb, place->checksum, old_port, new_port,
				(place->checksum_flags & ~BPF_F_PSEUDO_HDR) | 2) < 0 ||
	    bpf_l3_csum_replace(skb, IP_OFFSET + offsetof(struct iphdr, check), old_address, new_address, 4) < 0)
		return -1;
	if (bpf_skb_store_bytes(skb, IP_OFFSET + offsetof(struct iphdr, daddr), &new_address, 4, 0) < 0 ||
	    bpf_skb_store_bytes(skb, port_offset, &new_port, 2, 0) < 0)
		return -1;
	skb->mark = translated_mark;
	return 0;
}

SEC("tc")
int dnat(struct __sk_buff *skb)
{
	struct iphdr ip;
	struct place place;
	struct endpoint key = {};
	__be16 port;

	if (skb->protocol != bpf_htons(ETH_P_IP) || find_place(skb, &ip, &place) < 0)
		goto untouched;
	if (bpf_skb_load_bytes(skb, place.transport + offsetof(struct tcphdr, dest), &port, sizeof(port)) < 0)
		goto untouched;

	__builtin_memcpy(key.address, &ip.daddr, 4);
	key.port = bpf_ntohs(port);
	key.protocol = ip.protocol;

	struct endpoint *to = bpf_map_lookup_elem(&services, &key);

	if (!to)
		goto untouched;
	// Half a translation is worse than none: such a packet is dropped.
	if (translate(skb, &ip, &place, to) < 0)
		return TC_ACT_SHOT;
	__sync_fetch_and_add(&translated_packets, 1);
	return TC_ACT_OK;

untouched:
	__sync_fetch_and_add(&untouched_packets, 1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";
