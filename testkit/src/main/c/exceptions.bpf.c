// Exceptions: where they may be thrown.
#include "verdict.h"

void bpf_throw(u64 cookie) __ksym;
void bpf_rcu_read_lock(void) __ksym;
void bpf_rcu_read_unlock(void) __ksym;

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4096);
} ring SEC(".maps");

SEC("tc") ACCEPTED int thrown(struct __sk_buff *skb)
{
    bpf_throw(1);
    return 0;
}

static __noinline int throws(struct __sk_buff *skb)
{
    if (skb->len == 3)
        bpf_throw(2);
    return 1;
}

SEC("tc") ACCEPTED int thrown_in_a_function(struct __sk_buff *skb)
{
    return throws(skb);
}

SEC("tc") REJECTED("reference") int thrown_while_a_record_is_held(struct __sk_buff *skb)
{
    void *record = bpf_ringbuf_reserve(&ring, 8, 0);
    if (!record)
        return 0;
    if (skb->len == 3)
        bpf_throw(1);
    bpf_ringbuf_discard(record, 0);
    return 0;
}

SEC("tc") REJECTED("critical-section") int thrown_in_an_rcu_section(struct __sk_buff *skb)
{
    bpf_rcu_read_lock();
    if (skb->len == 3)
        bpf_throw(1);
    bpf_rcu_read_unlock();
    return 0;
}

SEC("cgroup_skb/ingress") REJECTED("return-value") int thrown_number_that_the_program_may_not_return(struct __sk_buff *skb)
{
    bpf_throw(7);
    return 1;
}

static int in_a_loop(u32 index, void *context)
{
    bpf_throw(1);
    return 0;
}

SEC("tc") REJECTED("exception") int thrown_in_a_callback(struct __sk_buff *skb)
{
    bpf_loop(3, in_a_loop, 0, 0);
    return 0;
}
