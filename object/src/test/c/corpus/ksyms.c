// Kernel symbols: variables without a type, weak ones that are missing.
#include "program.h"

extern const void init_task __ksym;
extern const void missing_jiffies __ksym __weak;
extern const void bpf_prog_fops __ksym;

SEC("raw_tp/sched_switch") int addresses(void *context) {
    __u64 sum = (__u64)&init_task;
    if (&missing_jiffies)
        sum += (__u64)&missing_jiffies;
    return sum + (__u64)&bpf_prog_fops > 100;
}
