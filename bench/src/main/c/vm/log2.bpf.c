/* Binary logarithms of random numbers by halving, and how often each came. */
#include "vm.h"

#define BLOCKS 64
#define NUMBERS 64

struct state {
    __u64 histogram[64];
};
STATE;

__noinline __u64 log2_block(__u64 x)
{
    __u64 sum = 0;

    for (int i = 0; i < NUMBERS; i++) {
        x = next_random(x);
        __u64 value = x >> (i & 15);
        __u64 log = 0;

        if (value >> 32) {
            value >>= 32;
            log += 32;
        }
        if (value >> 16) {
            value >>= 16;
            log += 16;
        }
        if (value >> 8) {
            value >>= 8;
            log += 8;
        }
        if (value >> 4) {
            value >>= 4;
            log += 4;
        }
        if (value >> 2) {
            value >>= 2;
            log += 2;
        }
        log += value >> 1;
        state.histogram[log & 63]++;
        sum += log;
    }
    return x + sum;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);

    for (int i = 0; i < BLOCKS; i++)
        x = log2_block(x);
    return x;
}
