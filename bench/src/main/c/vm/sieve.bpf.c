/* The sieve of Eratosthenes: primes below 8192, and the sum of those whose bit in the input is set. */
#include "vm.h"

#define LIMIT 8192
#define ROOT 91
#define BLOCK 256

struct state {
    __u64 primes;
    __u8 composite[LIMIT];
};
STATE;

/* All even numbers are struck out, eight at a time. */
__noinline int clear(void)
{
    for (int i = 0; i < LIMIT; i += 8)
        *(__u64 *)(state.composite + i) = 0x0001000100010001;
    state.composite[1] = 1;
    state.composite[2] = 0;
    return 0;
}

__noinline int strike(__u32 prime)
{
    __u32 multiple = prime * prime;
    int count = 0;

    for (; count < LIMIT / 3; count++) {
        KEEP(multiple);
        if (multiple >= LIMIT)
            break;
        state.composite[multiple] = 1;
        multiple += prime;
    }
    return count;
}

__noinline __u64 sum_of_primes(__u64 bits, __u32 start)
{
    __u64 sum = 0;

    start &= LIMIT - BLOCK;
    for (int i = 0; i < BLOCK; i++) {
        if (!state.composite[start + i]) {
            state.primes++;
            sum += (bits >> (i & 63)) & 1 ? start + i : 1;
        }
    }
    return sum;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 bits = seed_of(ctx);
    __u64 sum = 0;

    clear();
    state.primes = 0;
    for (int i = 3; i < ROOT; i += 2)
        if (!state.composite[i])
            sum += strike(i);
    for (int start = 0; start < LIMIT; start += BLOCK)
        sum += sum_of_primes(bits, start);
    return sum;
}
