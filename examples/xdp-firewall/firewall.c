// SPDX-License-Identifier: Apache-2.0
//
// An XDP firewall. It sees every Ethernet frame before the network stack does and answers with a verdict:
//
//   1. take the frame apart: Ethernet, VLAN tags, IPv4 or IPv6, then TCP, UDP or ICMP; a frame that lies about its own
//      lengths is dropped, and counted by what was wrong with it;
//   2. drop what comes from a blocked network (longest prefix match, as in a routing table);
//   3. drop what goes to a blocked port;
//   4. drop connection attempts from a source that opens connection after connection and never completes one;
//   5. pass the rest.
//
// User space fills blocked_v4, blocked_v6 and ports, and reads the counters. See README.md for how to run it.

#include <linux/bpf.h>
#include <linux/icmp.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <stdbool.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define MAX_VLAN_TAGS 2
#define MAX_IPV6_OPTION_HEADERS 4
#define IPV4_FRAGMENT_OFFSET 0x1fff
#define IPV4_MORE_FRAGMENTS 0x2000

// ---- Configuration. Constants in .rodata: user space may change them until the program is loaded. ----

// Connection attempts (SYN) a source may have open before further ones are dropped.
const volatile __u32 syn_limit = 8;

// Whether a record of every dropped packet is sent to user space.
const volatile bool report_drops = true;

// ---- What the program counts and shares with user space. ----

// Why a packet was passed or dropped. The names appear in the output of tools, since BTF carries them.
enum reason {
	PASSED,
	PASSED_NOT_IP,
	BLOCKED_NETWORK,
	BLOCKED_PORT,
	SYN_FLOOD,
	BAD_ETHERNET,
	BAD_VLAN,
	BAD_IPV4,
	BAD_IPV6,
	BAD_TCP,
	BAD_UDP,
	BAD_ICMP,
	REASON_COUNT,
};

struct counter {
	__u64 packets;
	__u64 bytes;
};

// One counter for each reason and CPU: CPUs count without getting in each other's way, readers add up.
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, REASON_COUNT);
	__type(key, enum reason);
	__type(value, struct counter);
} reasons SEC(".maps");

// Keys of a longest-prefix-match trie: the number of leading bits that count, then the address as on the wire.
struct prefix_v4 {
	__u32 prefixlen;
	__u8 address[4];
};

struct prefix_v6 {
	__u32 prefixlen;
	__u8 address[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix_v4);
	__type(value, struct counter);
} blocked_v4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix_v6);
	__type(value, struct counter);
} blocked_v6 SEC(".maps");

// Destination ports, in host byte order so that a person can read them; protocol is IPPROTO_TCP or IPPROTO_UDP.
struct service {
	__u16 protocol;
	__u16 port;
};

enum access {
	ALLOW,
	BLOCK,
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, struct service);
	__type(value, enum access);
} ports SEC(".maps");

// An IPv6 address, or an IPv4 address in the last four bytes after ::ffff (RFC 4291, section 2.5.5.2).
struct address {
	__u8 bytes[16];
};

// Connection attempts of each source since it last sent a packet of an established connection. An LRU map throws out the
// source that was seen longest ago, so an attacker with many addresses cannot fill it up.
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct address);
	__type(value, __u32);
} open_attempts SEC(".maps");

// What user space reads about a dropped packet.
struct drop_event {
	enum reason reason;
	__u32 length;
	struct address source;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} drops SEC(".maps");

// Drop events that found the ring buffer full.
__u64 lost_events;

// ---- Taking a packet apart. ----

// What is known about a packet so far. position moves forward header by header; every read is preceded by a comparison
// with end, which is what the verifier asks for.
struct packet {
	void *position;
	void *end;
	struct address source;
	__u32 left; // bytes that the IP header says are left, without padding at the end of the frame
	__u8 protocol;
	bool is_later_fragment; // has no TCP or UDP header
	bool is_first_fragment; // has one, that speaks of more bytes than this packet holds
};

struct vlan_tag {
	__be16 control;
	__be16 protocol;
};

struct ipv6_option_header {
	__u8 next;
	__u8 length; // in units of 8 bytes, not counting the first
	__u8 rest[6];
};

static __always_inline enum reason parse_ipv4(struct packet *packet)
{
	struct iphdr *ip = packet->position;

	if ((void *)(ip + 1) > packet->end)
		return BAD_IPV4;

	__u32 header_length = ip->ihl * 4;
	__u32 total_length = bpf_ntohs(ip->tot_len);

	if (ip->version != 4 || header_length < sizeof(*ip) || total_length < header_length)
		return BAD_IPV4;
	if ((void *)ip + total_length > packet->end)
		return BAD_IPV4;

	packet->source.bytes[10] = 0xff;
	packet->source.bytes[11] = 0xff;
	__builtin_memcpy(&packet->source.bytes[12], &ip->saddr, 4);
	packet->protocol = ip->protocol;
	packet->is_later_fragment = ip->frag_off & bpf_htons(IPV4_FRAGMENT_OFFSET);
	packet->is_first_fragment = !packet->is_later_fragment && ip->frag_off & bpf_htons(IPV4_MORE_FRAGMENTS);
	packet->left = total_length - header_length;
	packet->position = (void *)ip + header_length;
	return PASSED;
}

static __always_inline enum reason parse_ipv6(struct packet *packet)
{
	struct ipv6hdr *ip = packet->position;

	if ((void *)(ip + 1) > packet->end)
		return BAD_IPV6;

	packet->left = bpf_ntohs(ip->payload_len);
	if (ip->version != 6 || (void *)(ip + 1) + packet->left > packet->end)
		return BAD_IPV6;

	__builtin_memcpy(packet->source.bytes, &ip->saddr, 16);
	packet->protocol = ip->nexthdr;
	packet->position = ip + 1;

	// Options stand in headers of their own between the IPv6 header and TCP, UDP or ICMP.
	for (int i = 0; i < MAX_IPV6_OPTION_HEADERS; i++) {
		if (packet->protocol == IPPROTO_FRAGMENT) {
			// Good enough for a firewall that looks at addresses and ports: ports of fragments go unchecked.
			packet->is_later_fragment = true;
			return PASSED;
		}
		if (packet->protocol != IPPROTO_HOPOPTS && packet->protocol != IPPROTO_DSTOPTS &&
		    packet->protocol != IPPROTO_ROUTING)
			return PASSED;

		struct ipv6_option_header *option = packet->position;

		if ((void *)(option + 1) > packet->end)
			return BAD_IPV6;

		__u32 length = (option->length + 1) * 8;

		if (length > packet->left)
			return BAD_IPV6;
		packet->protocol = option->next;
		packet->left -= length;
		packet->position = (void *)option + length;
	}
	return BAD_IPV6;
}

// Moves position to the IP payload. PASSED means: an IP packet, and so far nothing is wrong with it.
static __always_inline enum reason parse_to_ip(struct packet *packet, __be16 *network_protocol)
{
	struct ethhdr *ethernet = packet->position;

	if ((void *)(ethernet + 1) > packet->end)
		return BAD_ETHERNET;

	__be16 protocol = ethernet->h_proto;

	packet->position = ethernet + 1;
	for (int i = 0; i < MAX_VLAN_TAGS; i++) {
		if (protocol != bpf_htons(ETH_P_8021Q) && protocol != bpf_htons(ETH_P_8021AD))
			break;

		struct vlan_tag *tag = packet->position;

		if ((void *)(tag + 1) > packet->end)
			return BAD_VLAN;
		protocol = tag->protocol;
		packet->position = tag + 1;
	}

	*network_protocol = protocol;
	if (protocol == bpf_htons(ETH_P_IP))
		return parse_ipv4(packet);
	if (protocol == bpf_htons(ETH_P_IPV6))
		return parse_ipv6(packet);
	return PASSED_NOT_IP;
}

// ---- The rules. ----

static __always_inline enum reason count_hit(struct counter *rule, __u32 length)
{
	__sync_fetch_and_add(&rule->packets, 1);
	__sync_fetch_and_add(&rule->bytes, length);
	return BLOCKED_NETWORK;
}

static __always_inline enum reason check_network(struct packet *packet, __be16 network_protocol, __u32 length)
{
	struct counter *rule;

	if (network_protocol == bpf_htons(ETH_P_IP)) {
		struct prefix_v4 key = { .prefixlen = 32 };

		__builtin_memcpy(key.address, &packet->source.bytes[12], 4);
		rule = bpf_map_lookup_elem(&blocked_v4, &key);
	} else {
		struct prefix_v6 key = { .prefixlen = 128 };

		__builtin_memcpy(key.address, packet->source.bytes, 16);
		rule = bpf_map_lookup_elem(&blocked_v6, &key);
	}
	return rule ? count_hit(rule, length) : PASSED;
}

static __always_inline enum reason check_port(__u16 protocol, __be16 port)
{
	struct service key = { .protocol = protocol, .port = bpf_ntohs(port) };
	enum access *access = bpf_map_lookup_elem(&ports, &key);

	return access && *access == BLOCK ? BLOCKED_PORT : PASSED;
}

// A connection starts with a SYN from the client; a client that means it answers the server with an ACK.
static __always_inline enum reason check_handshake(struct packet *packet, struct tcphdr *tcp)
{
	__u32 *attempts = bpf_map_lookup_elem(&open_attempts, &packet->source);

	if (tcp->ack) {
		if (attempts)
			*attempts = 0;
		return PASSED;
	}
	if (!tcp->syn)
		return PASSED;
	if (!attempts) {
		__u32 first = 1;

		bpf_map_update_elem(&open_attempts, &packet->source, &first, BPF_ANY);
		return PASSED;
	}
	if (*attempts >= syn_limit)
		return SYN_FLOOD;
	__sync_fetch_and_add(attempts, 1);
	return PASSED;
}

static __always_inline enum reason check_tcp(struct packet *packet)
{
	struct tcphdr *tcp = packet->position;

	if ((void *)(tcp + 1) > packet->end || packet->left < sizeof(*tcp))
		return BAD_TCP;
	if (tcp->doff * 4 < sizeof(*tcp) || tcp->doff * 4 > packet->left)
		return BAD_TCP;

	enum reason reason = check_port(IPPROTO_TCP, tcp->dest);

	return reason == PASSED ? check_handshake(packet, tcp) : reason;
}

static __always_inline enum reason check_udp(struct packet *packet)
{
	struct udphdr *udp = packet->position;

	if ((void *)(udp + 1) > packet->end || packet->left < sizeof(*udp))
		return BAD_UDP;

	__u32 length = bpf_ntohs(udp->len);

	if (length < sizeof(*udp) || (length > packet->left && !packet->is_first_fragment))
		return BAD_UDP;
	return check_port(IPPROTO_UDP, udp->dest);
}

static __always_inline enum reason check_icmp(struct packet *packet)
{
	struct icmphdr *icmp = packet->position;

	if ((void *)(icmp + 1) > packet->end || packet->left < sizeof(*icmp))
		return BAD_ICMP;
	return PASSED;
}

static __always_inline enum reason judge(struct packet *packet, __u32 length)
{
	__be16 network_protocol = 0;
	enum reason reason = parse_to_ip(packet, &network_protocol);

	if (reason != PASSED)
		return reason;
	reason = check_network(packet, network_protocol, length);
	if (reason != PASSED || packet->is_later_fragment)
		return reason;
	switch (packet->protocol) {
	case IPPROTO_TCP:
		return check_tcp(packet);
	case IPPROTO_UDP:
		return check_udp(packet);
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return check_icmp(packet);
	default:
		return PASSED;
	}
}

// ---- The verdict. ----

static __always_inline void count(enum reason reason, __u32 length)
{
	struct counter *counter = bpf_map_lookup_elem(&reasons, &reason);

	if (counter) {
		counter->packets++;
		counter->bytes += length;
		return;
	}

	struct counter first = { .packets = 1, .bytes = length };

	bpf_map_update_elem(&reasons, &reason, &first, BPF_ANY);
}

static __always_inline void report(enum reason reason, struct packet *packet, __u32 length)
{
	struct drop_event *event = bpf_ringbuf_reserve(&drops, sizeof(*event), 0);

	if (!event) {
		__sync_fetch_and_add(&lost_events, 1);
		return;
	}
	event->reason = reason;
	event->length = length;
	event->source = packet->source;
	bpf_ringbuf_submit(event, 0);
}

SEC("xdp")
int firewall(struct xdp_md *context)
{
	struct packet packet = {
		.position = (void *)(long)context->data,
		.end = (void *)(long)context->data_end,
	};
	__u32 length = context->data_end - context->data;
	enum reason reason = judge(&packet, length);

	count(reason, length);
	if (reason == PASSED || reason == PASSED_NOT_IP)
		return XDP_PASS;
	if (report_drops)
		report(reason, &packet, length);
	// Network cards do not deliver frames without a whole Ethernet header: this is an error, not an attack.
	return reason == BAD_ETHERNET ? XDP_ABORTED : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
