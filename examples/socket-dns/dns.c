// SPDX-License-Identifier: Apache-2.0
//
// A socket filter, as a program would attach with setsockopt(SO_ATTACH_BPF) to a packet socket: it keeps DNS questions and
// answers over IPv4 and lets nothing else through. What it returns is how many bytes of the packet the socket gets: 0 drops.
// Long packets are cut, since headers and question are all that a DNS logger wants.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>
#include <stddef.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define DNS_PORT 53
#define IPV4_FRAGMENT_OFFSET 0x1fff

// The most bytes of a packet that the socket gets.
const volatile __u32 keep_bytes = 96;

// How many DNS packets there were, by the length of the name asked for in its first label.
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} first_label_lengths SEC(".maps");

struct dns_header {
	__be16 id;
	__be16 flags;
	__be16 questions;
	__be16 answers;
	__be16 authorities;
	__be16 additional;
};

static __always_inline void count_label(struct __sk_buff *skb, __u32 dns_offset)
{
	__u8 label = 0;

	if (bpf_skb_load_bytes(skb, dns_offset + sizeof(struct dns_header), &label, sizeof(label)) < 0)
		return;

	// The upper two bits say whether this is a label at all (RFC 1035, section 4.1.4).
	__u32 key = label & 0x3f;
	__u64 *count = bpf_map_lookup_elem(&first_label_lengths, &key);

	if (count)
		__sync_fetch_and_add(count, 1);
}

SEC("socket")
int keep_dns(struct __sk_buff *skb)
{
	struct iphdr ip;
	struct udphdr udp;

	if (skb->protocol != bpf_htons(ETH_P_IP) || bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof(ip)) < 0)
		return 0;
	if (ip.protocol != IPPROTO_UDP || ip.frag_off & bpf_htons(IPV4_FRAGMENT_OFFSET))
		return 0;

	__u32 udp_offset = ETH_HLEN + ip.ihl * 4;

	if (bpf_skb_load_bytes(skb, udp_offset, &udp, sizeof(udp)) < 0)
		return 0;
	if (udp.dest != bpf_htons(DNS_PORT) && udp.source != bpf_htons(DNS_PORT))
		return 0;

	count_label(skb, udp_offset + sizeof(udp));
	return skb->len < keep_bytes ? skb->len : keep_bytes;
}

char LICENSE[] SEC("license") = "GPL";
