// Global functions: verified on their own, by the types of their arguments.
#include "verdict.h"

struct pair {
    u64 first, second;
};

struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, 4);
    __type(key, u32);
    __type(value, u32);
} programs SEC(".maps");

u64 table[16];

__noinline int of_number(u32 number)
{
    return number < 16 ? table[number] : 0;
}

SEC("tc") ACCEPTED int number(struct __sk_buff *skb)
{
    return of_number(skb->len);
}

__noinline int of_number_trusted(u32 number)
{
    return table[number];
}

SEC("tc") REJECTED("map-value-bounds") int number_that_the_function_trusts(struct __sk_buff *skb)
{
    return of_number_trusted(3);
}

__noinline int of_pair(struct pair *pair)
{
    return pair ? pair->second : 0;
}

SEC("tc") ACCEPTED int memory(struct __sk_buff *skb)
{
    struct pair pair = {skb->len, skb->mark};
    return of_pair(&pair);
}

SEC("tc") REJECTED("global-function-argument") int too_little_memory(struct __sk_buff *skb)
{
    u64 one = skb->len;
    return of_pair((struct pair *)&one);
}

SEC("tc") ACCEPTED int null_memory(struct __sk_buff *skb)
{
    return of_pair(0);
}

SEC("tc") REJECTED("global-function-argument") int number_as_memory(struct __sk_buff *skb)
{
    return of_pair((struct pair *)(u64)skb->len);
}

__noinline int of_pair_unchecked(struct pair *pair)
{
    return pair->second;
}

SEC("tc") REJECTED("nullable-pointer") int memory_that_the_function_does_not_check(struct __sk_buff *skb)
{
    struct pair pair = {skb->len, skb->mark};
    return of_pair_unchecked(&pair);
}

__noinline int of_pair_never_null(struct pair *pair ARG_NONNULL)
{
    return pair->second;
}

SEC("tc") ACCEPTED int memory_that_is_never_null(struct __sk_buff *skb)
{
    struct pair pair = {skb->len, skb->mark};
    return of_pair_never_null(&pair);
}

SEC("tc") REJECTED("global-function-argument") int null_where_it_is_never_null(struct __sk_buff *skb)
{
    return of_pair_never_null(0);
}

__noinline int of_pair_beyond(struct pair *pair)
{
    return pair ? ((u64 *)pair)[2] : 0;
}

SEC("tc") REJECTED("memory-bounds") int memory_behind_its_end(struct __sk_buff *skb)
{
    struct pair pair = {skb->len, skb->mark};
    return of_pair_beyond(&pair);
}

__noinline int of_context(struct __sk_buff *skb)
{
    return skb->len;
}

SEC("tc") ACCEPTED int context(struct __sk_buff *skb)
{
    return of_context(skb);
}

SEC("tc") REJECTED("global-function-argument") int memory_as_context(struct __sk_buff *skb)
{
    struct pair pair = {skb->len, skb->mark};
    return of_context((struct __sk_buff *)&pair);
}

__noinline int of_tagged_context(void *ctx __arg_ctx)
{
    return ctx != 0;
}

SEC("raw_tp") ACCEPTED int tagged_context(void *ctx)
{
    return of_tagged_context(ctx);
}

__noinline int of_untyped(void *memory)
{
    return memory != 0;
}

SEC("tc") REJECTED("global-function-argument") int untyped_memory(struct __sk_buff *skb)
{
    u64 one = skb->len;
    return of_untyped(&one);
}

__noinline void without_result(u32 number)
{
    table[number & 15] = 1;
}

SEC("tc") REJECTED("global-function-argument") int function_without_a_result(struct __sk_buff *skb)
{
    without_result(3);
    return 0;
}

__noinline int deep(u32 number)
{
    volatile u64 room[40];
    for (int i = 0; i < 40; i++)
        room[i] = number;
    return room[3];
}

SEC("tc") REJECTED("stack-size") int too_deep_a_stack(struct __sk_buff *skb)
{
    volatile u64 room[40];
    for (int i = 0; i < 40; i++)
        room[i] = i;
    return deep(skb->len) + room[4];
}

__noinline int jumps_on(struct __sk_buff *skb)
{
    bpf_tail_call(skb, &programs, 0);
    return 1;
}

SEC("tc") ACCEPTED int tail_call_from_a_function(struct __sk_buff *skb)
{
    return jumps_on(skb);
}

SEC("tc") REJECTED("tail-call") int tail_call_from_a_function_with_a_large_frame_above(struct __sk_buff *skb)
{
    volatile u64 room[35];
    for (int i = 0; i < 35; i++)
        room[i] = i;
    return jumps_on(skb) + room[4];
}

static __noinline int clears(struct __sk_buff *skb)
{
    return bpf_skb_pull_data(skb, 100);
}

__noinline int moves_the_packet(struct __sk_buff *skb)
{
    return clears(skb);
}

SEC("tc") REJECTED("scalar-as-pointer") int packet_after_a_function_moved_it(struct __sk_buff *skb)
{
    u8 *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
    if (data + 1 > end)
        return 0;
    moves_the_packet(skb);
    return *(volatile u8 *)data;
}

SEC("tc") ACCEPTED int packet_after_a_function_that_moves_nothing(struct __sk_buff *skb)
{
    u8 *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
    if (data + 1 > end)
        return 0;
    of_context(skb);
    return *(volatile u8 *)data;
}

__noinline int returns_a_number(u32 number)
{
    hide(number);
    return number;
}

SEC("tc") REJECTED("map-value-bounds") int result_is_any_number(struct __sk_buff *skb)
{
    u32 index = returns_a_number(skb->len);
    return *(volatile u64 *)&table[index];
}
