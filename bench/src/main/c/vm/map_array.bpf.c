/* Counters in an array map: 4096 look-ups. */
#include "vm.h"

#define ENTRIES 1024
#define BLOCKS 64
#define LOOKUPS 64

struct counter {
    __u64 packets;
    __u64 bytes;
};

MAP(counters, ARRAY, __u32, struct counter, ENTRIES);

struct state {
    __u64 beyond;
};
STATE;

__noinline __u64 count(__u64 x)
{
    __u64 sum = 0;

    for (int i = 0; i < LOOKUPS; i++) {
        x = next_random(x);
        __u32 key = x >> 12 & (ENTRIES + 15);
        struct counter *counter = bpf_map_lookup_elem(&counters, &key);

        if (counter) {
            counter->packets++;
            counter->bytes += x & 1023;
            sum += counter->packets ^ counter->bytes;
        } else {
            state.beyond++;
        }
    }
    return x + sum;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);

    for (int i = 0; i < BLOCKS; i++)
        x = count(x);
    return x;
}
