/* A routing table of some 4000 IPv4 prefixes: 256 look-ups, most of which find one. */
#include "vm.h"

#define PREFIXES 4096
#define FILLED_AT_ONCE 64
#define BLOCKS 4
#define LOOKUPS 64

struct prefix {
    __u32 length;
    __u32 address;
};

MAP_WITHOUT_PREALLOCATION(routes, LPM_TRIE, struct prefix, __u32, 2 * PREFIXES);

struct state {
    __u64 seed;
    __u64 missed;
    __u64 next_hops[16];
};
STATE;

__noinline __u64 fill(__u64 x)
{
    for (int i = 0; i < FILLED_AT_ONCE; i++) {
        struct prefix prefix;
        __u32 hop;

        x = next_random(x);
        prefix.length = 8 + (x >> 56) % 21;
        prefix.address = x & 0xffffff1f;
        hop = x >> 40;
        bpf_map_update_elem(&routes, &prefix, &hop, BPF_ANY);
    }
    return x;
}

__noinline __u64 route(__u64 x)
{
    __u64 sum = 0;

    for (int i = 0; i < LOOKUPS; i++) {
        struct prefix address;
        __u32 *hop;

        x = next_random(x);
        address.length = 32;
        address.address = x & 0xffffff1f;
        hop = bpf_map_lookup_elem(&routes, &address);
        if (hop) {
            sum += *hop;
            state.next_hops[*hop & 15]++;
        } else {
            state.missed++;
        }
    }
    return x + sum;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);

    if (state.seed == 0) {
        __u64 y = x;

        for (int i = 0; i < PREFIXES / FILLED_AT_ONCE; i++)
            y = fill(y);
        state.seed = x;
    }
    for (int i = 0; i < BLOCKS; i++)
        x = route(x);
    return x;
}
