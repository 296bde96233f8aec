// Callbacks: bpf_loop, bpf_for_each_map_elem, timers.
#include "verdict.h"

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 16);
    __type(key, u32);
    __type(value, u64);
} flows SEC(".maps");

struct element {
    struct bpf_timer timer;
    u64 count;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, struct element);
} timers SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4096);
} ring SEC(".maps");

u64 table[16];

static int nothing(u32 index, void *context) { return 0; }

SEC("tc") ACCEPTED int loop(struct __sk_buff *skb)
{
    bpf_loop(100, nothing, 0, 0);
    return 0;
}

static int returns_five(u32 index, void *context) { return 5; }

SEC("tc") REJECTED("callback") int loop_whose_callback_returns_five(struct __sk_buff *skb)
{
    bpf_loop(100, returns_five, 0, 0);
    return 0;
}

static int returns_anything(u32 index, void *context) { return bpf_get_prandom_u32(); }

SEC("tc") REJECTED("callback") int loop_whose_callback_returns_anything(struct __sk_buff *skb)
{
    bpf_loop(100, returns_anything, 0, 0);
    return 0;
}

static int adds(u32 index, u64 *sum)
{
    *sum += index;
    return 0;
}

SEC("tc") ACCEPTED int loop_with_a_context_on_the_stack(struct __sk_buff *skb)
{
    u64 sum = 0;
    bpf_loop(100, adds, &sum, 0);
    return sum;
}

SEC("tc") REJECTED("scalar-as-pointer") int loop_with_a_number_as_context(struct __sk_buff *skb)
{
    bpf_loop(100, adds, (void *)8, 0);
    return 0;
}

static int beyond(u32 index, u64 *sum)
{
    sum[1] += index;
    return 0;
}

SEC("tc") REJECTED("stack-access") int loop_whose_callback_leaves_the_context(struct __sk_buff *skb)
{
    u64 sum = 0;
    bpf_loop(100, beyond, &sum, 0);
    return sum;
}

static int uses_the_index(u32 index, void *context)
{
    if (index < 16)
        table[index] = 1;
    return 0;
}

SEC("tc") ACCEPTED int loop_that_compares_the_index(struct __sk_buff *skb)
{
    bpf_loop(16, uses_the_index, 0, 0);
    return 0;
}

static int trusts_the_index(u32 index, void *context)
{
    table[index] = 1;
    return 0;
}

SEC("tc") REJECTED("map-value-bounds") int loop_that_trusts_the_index(struct __sk_buff *skb)
{
    bpf_loop(16, trusts_the_index, 0, 0);
    return 0;
}

static int counts_up(u32 index, u64 *n)
{
    *n += 1;
    return 0;
}

SEC("tc") REJECTED("map-value-bounds") int loop_whose_count_is_trusted(struct __sk_buff *skb)
{
    u64 n = 0;
    bpf_loop(20, counts_up, &n, 0);
    table[n] = 1;
    return 0;
}

SEC("tc") ACCEPTED int loop_whose_count_is_compared(struct __sk_buff *skb)
{
    u64 n = 0;
    bpf_loop(10, counts_up, &n, 0);
    if (n < 16)
        table[n] = 1;
    return 0;
}

static int nested_inner(u32 index, void *context) { return 0; }
static int nested_outer(u32 index, void *context)
{
    bpf_loop(10, nested_inner, 0, 0);
    return 0;
}

SEC("tc") ACCEPTED int loop_in_a_loop(struct __sk_buff *skb)
{
    bpf_loop(10, nested_outer, 0, 0);
    return 0;
}

static int leaks(u32 index, void *context)
{
    void *record = bpf_ringbuf_reserve(&ring, 8, 0);
    return record == 0;
}

SEC("tc") REJECTED("reference") int loop_whose_callback_keeps_a_record(struct __sk_buff *skb)
{
    bpf_loop(10, leaks, 0, 0);
    return 0;
}

static long visit(void *map, u32 *key, u64 *value, void *context)
{
    *value += *key;
    return 0;
}

SEC("tc") ACCEPTED int each_entry(struct __sk_buff *skb)
{
    bpf_for_each_map_elem(&flows, visit, 0, 0);
    return 0;
}

static long visit_beyond(void *map, u32 *key, u64 *value, void *context)
{
    value[1] = 0;
    return 0;
}

SEC("tc") REJECTED("map-value-bounds") int each_entry_behind_its_value(struct __sk_buff *skb)
{
    bpf_for_each_map_elem(&flows, visit_beyond, 0, 0);
    return 0;
}

static long visit_key_written(void *map, u32 *key, u64 *value, void *context)
{
    *key = 0;
    return 0;
}

SEC("tc") REJECTED("read-only-memory") int each_entry_key_written(struct __sk_buff *skb)
{
    bpf_for_each_map_elem(&flows, visit_key_written, 0, 0);
    return 0;
}

static long visit_two(void *map, u32 *key, u64 *value, void *context) { return 2; }

SEC("tc") REJECTED("callback") int each_entry_returns_two(struct __sk_buff *skb)
{
    bpf_for_each_map_elem(&flows, visit_two, 0, 0);
    return 0;
}

SEC("tc") REJECTED("policy") int each_entry_of_a_ring_buffer(struct __sk_buff *skb)
{
    bpf_for_each_map_elem(&ring, visit, 0, 0);
    return 0;
}

static int tick(void *map, u32 *key, struct element *value)
{
    value->count++;
    return 0;
}

SEC("tc") ACCEPTED int timer_set_up(struct __sk_buff *skb)
{
    u32 key = 0;
    struct element *value = bpf_map_lookup_elem(&timers, &key);
    if (!value)
        return 0;
    bpf_timer_init(&value->timer, &timers, 1);
    bpf_timer_set_callback(&value->timer, tick);
    bpf_timer_start(&value->timer, 1000, 0);
    return 0;
}

static int tick_returns_one(void *map, u32 *key, struct element *value) { return 1; }

SEC("tc") REJECTED("callback") int timer_whose_callback_returns_one(struct __sk_buff *skb)
{
    u32 key = 0;
    struct element *value = bpf_map_lookup_elem(&timers, &key);
    if (!value)
        return 0;
    bpf_timer_set_callback(&value->timer, tick_returns_one);
    return 0;
}

SEC("tc") REJECTED("special-field") int timer_is_overwritten(struct __sk_buff *skb)
{
    u32 key = 0;
    struct element *value = bpf_map_lookup_elem(&timers, &key);
    if (!value)
        return 0;
    *(volatile u64 *)&value->timer = 0;
    return 0;
}

SEC("tc") REJECTED("special-field") int timer_of_another_map(struct __sk_buff *skb)
{
    u32 key = 0;
    struct element *value = bpf_map_lookup_elem(&timers, &key);
    if (!value)
        return 0;
    bpf_timer_init(&value->timer, &flows, 1);
    return 0;
}

SEC("tc") REJECTED("special-field") int timer_at_another_place(struct __sk_buff *skb)
{
    u32 key = 0;
    struct element *value = bpf_map_lookup_elem(&timers, &key);
    if (!value)
        return 0;
    bpf_timer_start((struct bpf_timer *)&value->count, 1000, 0);
    return 0;
}

SEC("tc") REJECTED("helper-argument") int timer_on_the_stack(struct __sk_buff *skb)
{
    struct bpf_timer timer = {};
    bpf_timer_start(&timer, 1000, 0);
    return 0;
}

SEC("raw_tp") REJECTED("policy") int timer_in_a_tracing_program(void *ctx)
{
    u32 key = 0;
    struct element *value = bpf_map_lookup_elem(&timers, &key);
    if (!value)
        return 0;
    bpf_timer_start(&value->timer, 1000, 0);
    return 0;
}

static int deep(u32 index, void *context)
{
    volatile u64 room[40];
    for (int i = 0; i < 40; i++)
        room[i] = index;
    return room[3] == 7;
}

SEC("tc") REJECTED("stack-size") int callback_with_too_large_a_frame(struct __sk_buff *skb)
{
    volatile u64 room[40];
    for (int i = 0; i < 40; i++)
        room[i] = i;
    bpf_loop(10, deep, 0, 0);
    return room[0];
}
