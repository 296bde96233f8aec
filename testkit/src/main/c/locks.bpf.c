// Spin locks in map values: taken, released, and what must not happen in between.
#include "verdict.h"

struct guarded {
    u64 count;
    struct bpf_spin_lock lock;
    u32 more;
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 4);
    __type(key, u32);
    __type(value, struct guarded);
} values SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 4);
    __type(key, u32);
    __type(value, u64);
} plain SEC(".maps");

static __always_inline struct guarded *value_at(u32 index)
{
    return bpf_map_lookup_elem(&values, &index);
}

SEC("tc") ACCEPTED int taken_and_released(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    value->count++;
    bpf_spin_unlock(&value->lock);
    return 0;
}

SEC("tc") REJECTED("lock") int not_released(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    value->count++;
    return 0;
}

SEC("tc") REJECTED("lock") int released_on_one_path(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    if (skb->mark == 3)
        return 0;
    bpf_spin_unlock(&value->lock);
    return 0;
}

SEC("tc") REJECTED("lock") int released_without_being_taken(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_unlock(&value->lock);
    return 0;
}

SEC("tc") REJECTED("lock") int taken_twice(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    bpf_spin_lock(&value->lock);
    bpf_spin_unlock(&value->lock);
    bpf_spin_unlock(&value->lock);
    return 0;
}

SEC("tc") REJECTED("lock") int another_is_released(struct __sk_buff *skb)
{
    struct guarded *first = value_at(skb->len), *second = value_at(skb->mark);
    if (!first || !second)
        return 0;
    bpf_spin_lock(&first->lock);
    bpf_spin_unlock(&second->lock);
    return 0;
}

SEC("tc") REJECTED("lock") int two_are_held(struct __sk_buff *skb)
{
    struct guarded *first = value_at(skb->len), *second = value_at(skb->mark);
    if (!first || !second)
        return 0;
    bpf_spin_lock(&first->lock);
    bpf_spin_lock(&second->lock);
    bpf_spin_unlock(&second->lock);
    bpf_spin_unlock(&first->lock);
    return 0;
}

SEC("tc") REJECTED("lock") int helper_while_held(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    value->count = bpf_ktime_get_ns();
    bpf_spin_unlock(&value->lock);
    return 0;
}

SEC("tc") ACCEPTED int helper_before(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    u64 now = bpf_ktime_get_ns();
    bpf_spin_lock(&value->lock);
    value->count = now;
    bpf_spin_unlock(&value->lock);
    return 0;
}

SEC("tc") REJECTED("special-field") int lock_is_read(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    return *(volatile u32 *)&value->lock;
}

SEC("tc") REJECTED("special-field") int lock_is_written(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    *(volatile u32 *)&value->lock = 0;
    return 0;
}

SEC("tc") ACCEPTED int beside_the_lock(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    value->more = 7;
    return 0;
}

SEC("tc") REJECTED("lock") int no_lock_at_that_place(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_lock((struct bpf_spin_lock *)&value->more);
    bpf_spin_unlock((struct bpf_spin_lock *)&value->more);
    return 0;
}

SEC("tc") REJECTED("lock") int value_without_a_lock(struct __sk_buff *skb)
{
    u32 key = skb->len;
    u64 *value = bpf_map_lookup_elem(&plain, &key);
    if (!value)
        return 0;
    bpf_spin_lock((struct bpf_spin_lock *)value);
    bpf_spin_unlock((struct bpf_spin_lock *)value);
    return 0;
}

SEC("tc") REJECTED("helper-argument") int lock_on_the_stack(struct __sk_buff *skb)
{
    struct bpf_spin_lock lock = {};
    bpf_spin_lock(&lock);
    bpf_spin_unlock(&lock);
    return 0;
}

static __noinline int release(struct guarded *value)
{
    bpf_spin_unlock(&value->lock);
    return 0;
}

SEC("tc") ACCEPTED int released_by_a_function(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    release(value);
    return 0;
}

__noinline int global_work(u32 number)
{
    return number + 1;
}

SEC("tc") ACCEPTED int global_function_while_held(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    global_work(3);
    bpf_spin_unlock(&value->lock);
    return 0;
}

SEC("raw_tp") REJECTED("lock") int in_a_tracing_program(void *ctx)
{
    struct guarded *value = value_at(1);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    bpf_spin_unlock(&value->lock);
    return 0;
}

SEC("tc") ACCEPTED int loop_while_held(struct __sk_buff *skb)
{
    struct guarded *value = value_at(skb->len);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    for (int i = 0; i < 8; i++)
        asm volatile("" ::: "memory");
    bpf_spin_unlock(&value->lock);
    return 0;
}
