// Dynptrs: made, used, released.
#include "verdict.h"

int bpf_dynptr_from_skb(struct __sk_buff *skb, u64 flags, struct bpf_dynptr *ptr) __ksym;
void *bpf_dynptr_slice(const struct bpf_dynptr *ptr, u32 offset, void *buffer, u32 buffer__szk) __ksym;
void *bpf_dynptr_slice_rdwr(const struct bpf_dynptr *ptr, u32 offset, void *buffer, u32 buffer__szk) __ksym;
int bpf_dynptr_adjust(const struct bpf_dynptr *ptr, u32 start, u32 end) __ksym;
u32 bpf_dynptr_size(const struct bpf_dynptr *ptr) __ksym;
int bpf_dynptr_clone(const struct bpf_dynptr *ptr, struct bpf_dynptr *clone) __ksym;

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4096);
} ring SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, u64[8]);
} bytes SEC(".maps");

SEC("tc") ACCEPTED int reserved_and_submitted(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u64 value = 7;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    bpf_dynptr_write(&ptr, 0, &value, sizeof(value), 0);
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return 0;
}

SEC("tc") REJECTED("reference") int reserved_and_kept(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    return 0;
}

SEC("tc") REJECTED("reference") int kept_where_it_failed(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    if (bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr) < 0)
        return 0;
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return 0;
}

SEC("tc") REJECTED("dynptr") int submitted_twice(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return 0;
}

SEC("tc") REJECTED("dynptr") int used_after_it_was_submitted(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u64 value = 7;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    bpf_dynptr_write(&ptr, 0, &value, sizeof(value), 0);
    return 0;
}

SEC("tc") REJECTED("dynptr") int used_before_it_was_made(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u64 value = 7;
    bpf_dynptr_write(&ptr, 0, &value, sizeof(value), 0);
    return 0;
}

SEC("tc") REJECTED("dynptr") int overwritten(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    *(volatile u32 *)&ptr = 0;
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return 0;
}

SEC("tc") REJECTED("dynptr") int part_of_it_is_used(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    bpf_ringbuf_submit_dynptr((void *)&ptr + 8, 0);
    return 0;
}

SEC("tc") REJECTED("dynptr") int its_bytes_are_read(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    u64 inside = *(volatile u64 *)&ptr;
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return inside;
}

SEC("tc") ACCEPTED int data_checked(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    u64 *data = bpf_dynptr_data(&ptr, 0, 16);
    if (data)
        data[1] = 7;
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return 0;
}

SEC("tc") REJECTED("nullable-pointer") int data_unchecked(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    u64 *data = bpf_dynptr_data(&ptr, 0, 16);
    data[1] = 7;
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return 0;
}

SEC("tc") REJECTED("memory-bounds") int data_behind_its_end(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    u64 *data = bpf_dynptr_data(&ptr, 0, 16);
    if (data)
        data[2] = 7;
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return 0;
}

SEC("tc") REJECTED("scalar-as-pointer") int data_after_it_was_submitted(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    u64 *data = bpf_dynptr_data(&ptr, 0, 16);
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    if (data)
        data[1] = 7;
    return 0;
}

SEC("tc") REJECTED("length-argument") int data_of_a_size_that_is_not_constant(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u32 size = skb->len & 15;
    bpf_ringbuf_reserve_dynptr(&ring, 64, 0, &ptr);
    u64 *data = bpf_dynptr_data(&ptr, 0, size);
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return data != 0;
}

SEC("tc") ACCEPTED int from_a_value(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u32 key = 0;
    u64 copy[2];
    u64 *value = bpf_map_lookup_elem(&bytes, &key);
    if (!value)
        return 0;
    bpf_dynptr_from_mem(value, 64, 0, &ptr);
    bpf_dynptr_read(copy, sizeof(copy), &ptr, 8, 0);
    return copy[0];
}

SEC("tc") REJECTED("map-value-bounds") int from_a_value_too_large(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u32 key = 0;
    u64 *value = bpf_map_lookup_elem(&bytes, &key);
    if (!value)
        return 0;
    bpf_dynptr_from_mem(value, 65, 0, &ptr);
    return 0;
}

SEC("tc") REJECTED("helper-argument") int from_the_stack(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u64 local[2] = {};
    bpf_dynptr_from_mem(local, sizeof(local), 0, &ptr);
    return 0;
}

SEC("tc") REJECTED("helper-argument") int a_local_one_is_submitted(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u32 key = 0;
    u64 *value = bpf_map_lookup_elem(&bytes, &key);
    if (!value)
        return 0;
    bpf_dynptr_from_mem(value, 64, 0, &ptr);
    bpf_ringbuf_submit_dynptr(&ptr, 0);
    return 0;
}

SEC("tc") ACCEPTED int slice_of_a_packet(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u8 buffer[14];
    bpf_dynptr_from_skb(skb, 0, &ptr);
    u8 *header = bpf_dynptr_slice(&ptr, 0, buffer, sizeof(buffer));
    if (!header)
        return 0;
    return header[13];
}

SEC("tc") REJECTED("nullable-pointer") int slice_unchecked(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u8 buffer[14];
    bpf_dynptr_from_skb(skb, 0, &ptr);
    u8 *header = bpf_dynptr_slice(&ptr, 0, buffer, sizeof(buffer));
    return header[13];
}

SEC("tc") REJECTED("memory-bounds") int slice_behind_its_end(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u8 buffer[14];
    bpf_dynptr_from_skb(skb, 0, &ptr);
    u8 *header = bpf_dynptr_slice(&ptr, 0, buffer, sizeof(buffer));
    if (!header)
        return 0;
    return header[14];
}

SEC("tc") REJECTED("read-only-memory") int slice_is_written(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u8 buffer[14];
    bpf_dynptr_from_skb(skb, 0, &ptr);
    u8 *header = bpf_dynptr_slice(&ptr, 0, buffer, sizeof(buffer));
    if (!header)
        return 0;
    header[0] = 1;
    return 0;
}

SEC("tc") ACCEPTED int writable_slice_is_written(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u8 buffer[14] = {};
    bpf_dynptr_from_skb(skb, 0, &ptr);
    u8 *header = bpf_dynptr_slice_rdwr(&ptr, 0, buffer, sizeof(buffer));
    if (!header)
        return 0;
    header[0] = 1;
    return 0;
}

SEC("tc") REJECTED("scalar-as-pointer") int slice_after_the_packet_was_moved(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u8 buffer[14] = {};
    bpf_dynptr_from_skb(skb, 0, &ptr);
    u8 *header = bpf_dynptr_slice_rdwr(&ptr, 0, buffer, sizeof(buffer));
    if (!header)
        return 0;
    bpf_skb_pull_data(skb, 100);
    header[0] = 1;
    return 0;
}

SEC("tc") ACCEPTED int cloned_and_adjusted(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr, clone;
    bpf_dynptr_from_skb(skb, 0, &ptr);
    bpf_dynptr_clone(&ptr, &clone);
    bpf_dynptr_adjust(&clone, 4, 8);
    return bpf_dynptr_size(&clone);
}

SEC("cgroup_skb/egress") REJECTED("policy") int writable_slice_where_packets_are_only_read(struct __sk_buff *skb)
{
    struct bpf_dynptr ptr;
    u8 buffer[14] = {};
    bpf_dynptr_from_skb(skb, 0, &ptr);
    u8 *header = bpf_dynptr_slice_rdwr(&ptr, 0, buffer, sizeof(buffer));
    if (header)
        header[0] = 1;
    return 1;
}
