// clang: 19
// A loop that the kernel ends when it has taken too long.
#include "program.h"

__u32 numbers[64];

SEC("tc") int loops(struct __sk_buff *context) {
    __u32 sum = 0;
    for (__u32 i = 0;; i++) {
        asm volatile goto("may_goto %l[out]" :::: out);
        sum += numbers[i & 63];
    }
out:
    return sum;
}
