// cpu: v4
// Instructions that -mcpu=v4 adds: signed division, sign-extending moves and loads, byte swaps. Older ones do without.
#include "program.h"

volatile __s8 s8 = -1;
volatile __s16 s16 = -2;
volatile __s32 s32 = -3;
__u64 swapped;

SEC("xdp") int computes(struct xdp_md *context) {
    __s64 total = s8;
    total += s16;
    total += s32;
    __s32 small = context->data;
    total += (__s8)small;
    total += (__s64)(__s16)context->data_end;
#if defined(__BPF_CPU_VERSION__) && __BPF_CPU_VERSION__ >= 4
    total += total / (s32 | 1);
    total %= (s16 | 1);
    small /= (s32 | 1);
#endif
    swapped = __builtin_bswap64(total) + __builtin_bswap32(small) + __builtin_bswap16(s16);
    return total + small > 0 ? 2 : 1;
}
