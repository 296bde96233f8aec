// RCU, preemption and interrupt sections, and what may sleep.
#include "verdict.h"

void bpf_rcu_read_lock(void) __ksym;
void bpf_rcu_read_unlock(void) __ksym;
void bpf_preempt_disable(void) __ksym;
void bpf_preempt_enable(void) __ksym;
void bpf_local_irq_save(unsigned long *flags) __ksym;
void bpf_local_irq_restore(unsigned long *flags) __ksym;

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, u64);
} numbers SEC(".maps");

SEC("syscall") ACCEPTED int rcu_balanced(void *ctx)
{
    bpf_rcu_read_lock();
    bpf_rcu_read_unlock();
    return 0;
}

SEC("syscall") REJECTED("critical-section") int rcu_left_open(void *ctx)
{
    bpf_rcu_read_lock();
    return 0;
}

SEC("syscall") REJECTED("critical-section") int rcu_closed_twice(void *ctx)
{
    bpf_rcu_read_lock();
    bpf_rcu_read_unlock();
    bpf_rcu_read_unlock();
    return 0;
}

SEC("syscall") REJECTED("critical-section") int rcu_closed_only(void *ctx)
{
    bpf_rcu_read_unlock();
    return 0;
}

SEC("syscall") REJECTED("critical-section") int rcu_left_open_on_one_path(void *ctx)
{
    bpf_rcu_read_lock();
    if (bpf_get_prandom_u32() == 3)
        return 0;
    bpf_rcu_read_unlock();
    return 0;
}

SEC("syscall") REJECTED("sleeping") int sleeping_in_rcu(void *ctx)
{
    u64 value = 0;
    bpf_rcu_read_lock();
    bpf_copy_from_user(&value, sizeof(value), (void *)8);
    bpf_rcu_read_unlock();
    return 0;
}

SEC("syscall") ACCEPTED int sleeping_after_rcu(void *ctx)
{
    u64 value = 0;
    bpf_rcu_read_lock();
    bpf_rcu_read_unlock();
    bpf_copy_from_user(&value, sizeof(value), (void *)8);
    return 0;
}

SEC("tc") ACCEPTED int preemption_balanced(struct __sk_buff *skb)
{
    bpf_preempt_disable();
    bpf_preempt_enable();
    return 0;
}

SEC("tc") ACCEPTED int preemption_nested(struct __sk_buff *skb)
{
    bpf_preempt_disable();
    bpf_preempt_disable();
    bpf_preempt_enable();
    bpf_preempt_enable();
    return 0;
}

SEC("tc") REJECTED("critical-section") int preemption_left_off(struct __sk_buff *skb)
{
    bpf_preempt_disable();
    return 0;
}

SEC("tc") REJECTED("critical-section") int preemption_left_off_once(struct __sk_buff *skb)
{
    bpf_preempt_disable();
    bpf_preempt_disable();
    bpf_preempt_enable();
    return 0;
}

SEC("tc") REJECTED("critical-section") int preemption_on_only(struct __sk_buff *skb)
{
    bpf_preempt_enable();
    return 0;
}

SEC("syscall") REJECTED("sleeping") int sleeping_without_preemption(void *ctx)
{
    u64 value = 0;
    bpf_preempt_disable();
    bpf_copy_from_user(&value, sizeof(value), (void *)8);
    bpf_preempt_enable();
    return 0;
}

static __noinline void switch_on(void)
{
    bpf_preempt_enable();
}

SEC("tc") ACCEPTED int preemption_on_by_a_function(struct __sk_buff *skb)
{
    bpf_preempt_disable();
    switch_on();
    return 0;
}

SEC("tc") ACCEPTED int interrupts_balanced(struct __sk_buff *skb)
{
    unsigned long flags;
    bpf_local_irq_save(&flags);
    bpf_local_irq_restore(&flags);
    return 0;
}

SEC("tc") REJECTED("critical-section") int interrupts_left_off(struct __sk_buff *skb)
{
    unsigned long flags;
    bpf_local_irq_save(&flags);
    return 0;
}

SEC("tc") REJECTED("critical-section") int interrupts_restored_only(struct __sk_buff *skb)
{
    unsigned long flags = 0;
    bpf_local_irq_restore(&flags);
    return 0;
}

SEC("tc") REJECTED("critical-section") int interrupts_restored_in_the_wrong_order(struct __sk_buff *skb)
{
    unsigned long outer, inner;
    bpf_local_irq_save(&outer);
    bpf_local_irq_save(&inner);
    bpf_local_irq_restore(&outer);
    bpf_local_irq_restore(&inner);
    return 0;
}

SEC("tc") ACCEPTED int interrupts_nested(struct __sk_buff *skb)
{
    unsigned long outer, inner;
    bpf_local_irq_save(&outer);
    bpf_local_irq_save(&inner);
    bpf_local_irq_restore(&inner);
    bpf_local_irq_restore(&outer);
    return 0;
}

SEC("tc") REJECTED("critical-section") int interrupts_flags_are_overwritten(struct __sk_buff *skb)
{
    unsigned long flags;
    bpf_local_irq_save(&flags);
    *(volatile unsigned long *)&flags = 0;
    bpf_local_irq_restore(&flags);
    return 0;
}

