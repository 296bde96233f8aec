// Addresses of functions, passed to helpers that call back.
#include "program.h"

struct {
    __uint(type, ARRAY);
    __uint(max_entries, 8);
    __type(key, __u32);
    __type(value, __u64);
} values SEC(".maps");

struct total {
    __u64 sum;
    __u32 rounds;
};

static long add_element(void *map, __u32 *key, __u64 *value, struct total *total) {
    total->sum += *value;
    return 0;
}

static __noinline __u32 scale(__u32 index) {
    volatile __u32 copy = index;
    return copy << 2;
}

static long add_index(__u32 index, struct total *total) {
    total->rounds += scale(index);
    return index > 5;
}

SEC("xdp") int sums(struct xdp_md *context) {
    struct total total = {};
    for_each_map_elem(&values, add_element, &total, 0);
    loop(10, add_index, &total, 0);
    return total.sum + total.rounds > 3 ? 2 : 1;
}

SEC("tc") int loops(struct __sk_buff *context) {
    struct total total = {};
    loop(context->len, add_index, &total, 0);
    return total.rounds;
}
