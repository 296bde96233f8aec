// Kernel symbols: variables without a type, weak ones that are missing.
#include "program.h"

extern const void init_task __ksym;
extern const void jiffies_missing __ksym __weak;
extern const void bpf_prog_fops __ksym;

SEC("raw_tp/sched_switch") int addresses(void *context) {
    __u64 sum = (__u64)&init_task;
    if (&jiffies_missing)
        sum += (__u64)&jiffies_missing;
    return sum + (__u64)&bpf_prog_fops > 100;
}
