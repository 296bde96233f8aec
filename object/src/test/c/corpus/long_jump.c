// cpu: v4
// committed: no
// A jump over more than 32767 instructions: `gotol` of -mcpu=v4, which others cannot express.
#include "program.h"

volatile __u64 number;

#define ONE number = number * 3 + 1;
#define TEN ONE ONE ONE ONE ONE ONE ONE ONE ONE ONE
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define THOUSAND HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED

SEC("xdp") int jumps(struct xdp_md *context) {
    if (context->rx_queue_index > 2) {
#if defined(__BPF_CPU_VERSION__) && __BPF_CPU_VERSION__ >= 4
        THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND THOUSAND
#endif
        HUNDRED
    }
    return number > 7;
}
