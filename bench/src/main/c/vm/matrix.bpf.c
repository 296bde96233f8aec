/* The product of two 32 by 32 matrices of 64-bit numbers. */
#include "vm.h"

#define SIZE 32

struct state {
    __u64 seed;
    __u64 left[SIZE * SIZE];
    __u64 right[SIZE * SIZE];
    __u64 product[SIZE * SIZE];
};
STATE;

__noinline int fill(__u64 x)
{
    for (int i = 0; i < SIZE * SIZE; i++) {
        x = next_random(x);
        state.left[i] = x >> 20;
        x = next_random(x);
        state.right[i] = x >> 24;
    }
    return 0;
}

__noinline __u64 multiply_row(__u32 row)
{
    __u32 start = (row & (SIZE - 1)) * SIZE;
    __u64 trace = 0;

    for (int column = 0; column < SIZE; column++) {
        __u64 sum = 0;

        for (int i = 0; i < SIZE; i++)
            sum += state.left[start + i] * state.right[i * SIZE + column];
        state.product[start + column] = sum;
        trace ^= sum;
    }
    return trace;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);
    __u64 trace = 0;

    if (state.seed != x) {
        state.seed = x;
        fill(x);
    }
    for (int row = 0; row < SIZE; row++)
        trace += multiply_row(row);
    return trace ^ trace >> 32;
}
