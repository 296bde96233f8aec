// Atomic operations; those that give back the old value need -mcpu=v3.
#include "program.h"

__u64 wide;
__u32 narrow;

SEC("tc") int adds(struct __sk_buff *context) {
    __sync_fetch_and_add(&wide, context->len);
    __sync_fetch_and_add(&narrow, 1);
    return 0;
}

#if defined(__BPF_CPU_VERSION__) && __BPF_CPU_VERSION__ >= 3
SEC("tc") int fetches(struct __sk_buff *context) {
    __u64 old = __sync_fetch_and_add(&wide, 2);
    old += __sync_fetch_and_or(&wide, 4);
    old += __sync_fetch_and_and(&narrow, 6);
    old += __sync_fetch_and_xor(&wide, 8);
    old += __sync_lock_test_and_set(&wide, 10);
    old += __sync_val_compare_and_swap(&narrow, 1, 2);
    return old;
}
#endif
