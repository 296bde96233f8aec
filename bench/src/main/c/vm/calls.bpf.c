/* Small functions that call each other: a hash of a hash, four calls for each number. */
#include "vm.h"

#define BLOCKS 64
#define NUMBERS 64

struct state {
    __u64 last;
};
STATE;

static __noinline __u64 rotate(__u64 value, __u32 by)
{
    return value << (by & 63) | value >> (-by & 63);
}

static __noinline __u64 blend(__u64 left, __u64 right)
{
    return (left ^ right) * 0x9e3779b97f4a7c15ull + rotate(left, right);
}

static __noinline __u64 choose(__u64 left, __u64 right, __u64 which)
{
    return which & 1 ? blend(left, right) : blend(right, left + which);
}

static __noinline __u64 step(__u64 x, __u64 i)
{
    return choose(x, rotate(x, i) + i, x >> 11);
}

__noinline __u64 call_block(__u64 x)
{
    for (int i = 0; i < NUMBERS; i++)
        x = step(x, i);
    return x;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);

    for (int i = 0; i < BLOCKS; i++)
        x = call_block(x);
    state.last = x;
    return x;
}
