/* Copies messages of 1 to 64 bytes from and to places of any alignment, by words and then by bytes. */
#include "vm.h"

#define MESSAGES 64
#define BLOCKS 32
#define SIZE 4096
#define MASK (SIZE - 1)

struct state {
    __u64 seed;
    __u8 from[SIZE + 64];
    __u8 to[SIZE + 64];
};
STATE;

__noinline int fill(__u64 x)
{
    for (int i = 0; i < SIZE; i += 8) {
        x = next_random(x);
        *(__u64 *)(state.from + i) = x;
        *(__u64 *)(state.to + i) = 0;
    }
    return 0;
}

__noinline int copy(__u32 to, __u32 from, __u32 length)
{
    __u8 *target = state.to + (to & MASK);
    __u8 *source = state.from + (from & MASK);
    __u32 at = 0;

    length &= 63;
    for (; at + 8 <= length; at += 8)
        *(__u64 *)(target + at) = *(__u64 *)(source + at);
    for (; at <= length; at++)
        target[at] = source[at];
    return target[length];
}

__noinline __u64 copy_block(__u64 x)
{
    __u64 sum = 0;

    for (int i = 0; i < MESSAGES; i++) {
        x = next_random(x);
        sum += copy(x, x >> 16, x >> 40);
    }
    return x + sum;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);

    if (state.seed != x) {
        state.seed = x;
        fill(x);
    }
    for (int i = 0; i < BLOCKS; i++)
        x = copy_block(x);
    return x;
}
