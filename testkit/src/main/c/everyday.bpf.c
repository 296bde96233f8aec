// What compilers make of everyday code: bounds that survive it, and bounds that get lost.
#include "verdict.h"

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 16);
    __type(key, u32);
    __type(value, u8[64]);
} buffers SEC(".maps");

const volatile u32 limit = 40;
u8 room[256];
u32 position;

struct ethernet {
    u8 to[6], from[6];
    u16 type;
} __attribute__((packed));

struct ip {
    u8 version_and_length, service;
    u16 length, id, fragment;
    u8 ttl, protocol;
    u16 checksum;
    u32 from, to;
};

SEC("xdp") ACCEPTED int headers_one_by_one(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct ethernet *eth = data;
    if ((void *)(eth + 1) > end)
        return XDP_DROP;
    struct ip *ip = (void *)(eth + 1);
    if ((void *)(ip + 1) > end)
        return XDP_DROP;
    return ip->protocol == 17 ? XDP_PASS : XDP_DROP;
}

SEC("xdp") REJECTED("packet-bounds") int second_header_unchecked(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct ethernet *eth = data;
    if ((void *)(eth + 1) > end)
        return XDP_DROP;
    struct ip *ip = (void *)(eth + 1);
    return ip->protocol == 17 ? XDP_PASS : XDP_DROP;
}

SEC("xdp") ACCEPTED int options_of_a_header(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct ip *ip = data;
    if ((void *)(ip + 1) > end)
        return XDP_DROP;
    u32 length = (ip->version_and_length & 15) * 4;
    u8 *next = data + length;
    if ((void *)(next + 1) > end)
        return XDP_DROP;
    return *next == 7 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") REJECTED("packet-bounds") int options_compared_by_the_header_alone(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    struct ip *ip = data;
    if ((void *)(ip + 1) > end)
        return XDP_DROP;
    u32 length = (ip->version_and_length & 15) * 4;
    u8 *next = data + length;
    return *(volatile u8 *)next == 7 ? XDP_DROP : XDP_PASS;
}

SEC("tc") ACCEPTED int constant_as_a_limit(struct __sk_buff *skb)
{
    u32 at = skb->mark;
    if (at < limit)
        room[at] = 1;
    return 0;
}

SEC("tc") REJECTED("map-value-bounds") int variable_as_a_limit(struct __sk_buff *skb)
{
    u32 at = skb->mark;
    if (at < position)
        room[at] = 1;
    return 0;
}

SEC("tc") ACCEPTED int index_in_memory_read_once(struct __sk_buff *skb)
{
    u32 at = position;
    if (at < sizeof(room))
        room[at] = 1;
    return 0;
}

SEC("tc") REJECTED("map-value-bounds") int index_in_memory_read_twice(struct __sk_buff *skb)
{
    if (*(volatile u32 *)&position < sizeof(room))
        room[*(volatile u32 *)&position] = 1;
    return 0;
}

SEC("tc") ACCEPTED int signed_index_bounded_on_both_sides(struct __sk_buff *skb)
{
    int at = skb->mark;
    if (at >= 0 && at < (int)sizeof(room))
        room[at] = 1;
    return 0;
}

SEC("tc") REJECTED("map-value-bounds") int signed_index_bounded_on_one_side(struct __sk_buff *skb)
{
    long at = (int)skb->mark;
    hide(at);
    if (at < (long)sizeof(room))
        room[at & 0xfff] = 1;
    return 0;
}

SEC("tc") ACCEPTED int value_checked(struct __sk_buff *skb)
{
    u32 key = skb->mark;
    u8 *value = bpf_map_lookup_elem(&buffers, &key);
    if (value)
        value[skb->len & 63] = 1;
    return 0;
}

SEC("tc") REJECTED("nullable-pointer") int value_unchecked(struct __sk_buff *skb)
{
    u32 key = skb->mark;
    u8 *value = bpf_map_lookup_elem(&buffers, &key);
    value[3] = 1;
    return 0;
}

SEC("tc") REJECTED("map-value-bounds") int value_masked_by_too_much(struct __sk_buff *skb)
{
    u32 key = skb->mark;
    u8 *value = bpf_map_lookup_elem(&buffers, &key);
    if (value)
        value[skb->len & 127] = 1;
    return 0;
}

SEC("tc") REJECTED("read-only-memory") int constant_is_written(struct __sk_buff *skb)
{
    *(volatile u32 *)&limit = 3;
    return 0;
}

SEC("tc") ACCEPTED int packet_bytes_by_a_bounded_length(struct __sk_buff *skb)
{
    u32 length = skb->len;
    if (length == 0 || length > 64)
        return 0;
    bpf_skb_load_bytes(skb, 0, room, length);
    return 0;
}

SEC("tc") REJECTED("length-argument") int packet_bytes_by_a_length_that_may_be_zero(struct __sk_buff *skb)
{
    u32 length = skb->len;
    if (length > 64)
        return 0;
    bpf_skb_load_bytes(skb, 0, room, length);
    return 0;
}

SEC("tc") REJECTED("map-value-bounds") int packet_bytes_by_a_length_that_is_too_large(struct __sk_buff *skb)
{
    u32 length = skb->len;
    if (length == 0 || length > 300)
        return 0;
    bpf_skb_load_bytes(skb, 0, room, length);
    return 0;
}

SEC("tc") ACCEPTED int loop_over_the_packet(struct __sk_buff *skb)
{
    u8 *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
    u32 sum = 0;
    for (int i = 0; i < 100; i++) {
        if (data + i + 1 > end)
            break;
        sum += data[i];
    }
    return sum;
}

SEC("tc") REJECTED("too-complex") int loop_as_long_as_the_packet_says(struct __sk_buff *skb)
{
    u32 sum = 0;
    for (u32 i = 0; i < skb->len; i++) {
        hide(i);
        sum += i;
    }
    return sum;
}

