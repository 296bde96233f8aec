// SPDX-License-Identifier: Apache-2.0
//
// A traffic quota for a group of processes: attached to a cgroup, the program sees every IP packet that they receive, from
// the IP header on, and allows it (1) or not (0). Each remote IPv4 address may send quota_bytes; after that its packets are
// dropped. Other protocols pass.

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define DENY 0
#define ALLOW 1

const volatile __u64 quota_bytes = 3000;

struct address {
	__u8 bytes[4];
};

struct usage {
	__u64 allowed_bytes;
	__u64 denied_bytes;
	__u64 denied_packets;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct address);
	__type(value, struct usage);
} usage_by_source SEC(".maps");

// Packets from sources that found the map full; they pass.
__u64 unaccounted_packets;

SEC("cgroup_skb/ingress")
int quota(struct __sk_buff *skb)
{
	struct iphdr ip;
	struct address source;

	// Here the packet starts with the IP header: there is no Ethernet header in front of it.
	if (skb->protocol != bpf_htons(ETH_P_IP) || bpf_skb_load_bytes(skb, 0, &ip, sizeof(ip)) < 0)
		return ALLOW;
	__builtin_memcpy(source.bytes, &ip.saddr, 4);

	struct usage *usage = bpf_map_lookup_elem(&usage_by_source, &source);

	if (!usage) {
		struct usage none = {};

		bpf_map_update_elem(&usage_by_source, &source, &none, BPF_NOEXIST);
		usage = bpf_map_lookup_elem(&usage_by_source, &source);
		if (!usage) {
			__sync_fetch_and_add(&unaccounted_packets, 1);
			return ALLOW;
		}
	}
	if (usage->allowed_bytes + skb->len > quota_bytes) {
		__sync_fetch_and_add(&usage->denied_packets, 1);
		__sync_fetch_and_add(&usage->denied_bytes, skb->len);
		return DENY;
	}
	__sync_fetch_and_add(&usage->allowed_bytes, skb->len);
	return ALLOW;
}

char LICENSE[] SEC("license") = "GPL";
