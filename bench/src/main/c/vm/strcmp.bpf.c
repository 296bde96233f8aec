/* Ranks 64 strings that begin alike: how many of the others are less than each. */
#include "vm.h"

#define STRINGS 64
#define LENGTH 32

struct state {
    __u64 seed;
    __u32 rank[STRINGS];
    char text[STRINGS * LENGTH];
};
STATE;

__noinline int fill(__u64 x)
{
    for (int i = 0; i < STRINGS; i++) {
        int end = 8 + (i & 15);

        for (int at = 0; at < LENGTH; at++) {
            x = next_random(x);
            state.text[i * LENGTH + at] = at >= end ? 0 : at < 5 ? 'a' + at : 'a' + (x & 1);
        }
    }
    return 0;
}

__noinline int compare(__u32 left, __u32 right)
{
    const char *a = state.text + (left & (STRINGS - 1)) * LENGTH;
    const char *b = state.text + (right & (STRINGS - 1)) * LENGTH;

    for (int at = 0; at < LENGTH; at++) {
        if (a[at] != b[at] || a[at] == 0)
            return a[at] - b[at];
    }
    return 0;
}

__noinline int rank(__u32 string)
{
    int less = 0;

    for (int other = 0; other < STRINGS; other++)
        less += compare(other, string) < 0;
    state.rank[string & (STRINGS - 1)] = less;
    return less;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);
    __u64 sum = 0;

    if (state.seed != x) {
        state.seed = x;
        fill(x);
    }
    for (int i = 0; i < STRINGS; i++)
        sum = sum * 31 + rank(i);
    return sum;
}
