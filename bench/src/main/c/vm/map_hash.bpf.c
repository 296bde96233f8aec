/* A table of flows with 8-byte keys: counts up 1024 that are there or not, deletes and inserts some. */
#include "vm.h"

#define FLOWS 2048
#define BLOCKS 16
#define LOOKUPS 64

struct flow {
    __u64 packets;
    __u64 bytes;
};

MAP(flows, HASH, __u64, struct flow, 2 * FLOWS);

struct state {
    __u64 seed;
    __u64 missed;
};
STATE;

static __always_inline __u64 key_of(__u64 x)
{
    return (x >> 20 & (FLOWS - 1)) * 0x9e3779b97f4a7c15ull;
}

__noinline __u64 count(__u64 x)
{
    __u64 sum = 0;

    for (int i = 0; i < LOOKUPS; i++) {
        x = next_random(x);
        __u64 key = key_of(x);
        struct flow *flow = bpf_map_lookup_elem(&flows, &key);

        if (flow) {
            flow->packets++;
            flow->bytes += x & 1023;
            sum += flow->bytes;
        } else {
            struct flow fresh = {1, x & 1023};

            state.missed++;
            bpf_map_update_elem(&flows, &key, &fresh, BPF_ANY);
        }
        if ((x & 15) == 0)
            bpf_map_delete_elem(&flows, &key);
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
