// BTF-defined maps of many kinds, with every attribute a definition may have.
#include "program.h"

struct flow {
    __u32 source;
    __u32 destination;
};

struct {
    __uint(type, HASH);
    __uint(max_entries, 1024);
    __type(key, struct flow);
    __type(value, __u64);
    __uint(map_flags, NO_PREALLOC);
} flows SEC(".maps");

struct {
    __uint(type, ARRAY);
    __uint(max_entries, 4);
    __uint(key_size, 4);
    __uint(value_size, 24);
} sizes_alone SEC(".maps");

struct {
    __uint(type, PERCPU_HASH);
    __uint(max_entries, 16);
    __type(key, __u16);
    __type(value, struct flow);
} per_cpu SEC(".maps");

struct {
    __uint(type, PERCPU_ARRAY);
    __uint(max_entries, 2);
    __type(key, __u32);
    __type(value, __u32);
} per_cpu_array SEC(".maps");

struct {
    __uint(type, LRU_HASH);
    __uint(max_entries, 100);
    __type(key, __u64);
    __type(value, char[13]);
} recent SEC(".maps");

struct {
    __uint(type, LPM_TRIE);
    __uint(max_entries, 255);
    __uint(map_flags, NO_PREALLOC);
    __type(key, struct flow);
    __type(value, __u8);
} routes SEC(".maps");

struct {
    __uint(type, PERF_EVENT_ARRAY);
    __uint(key_size, 4);
    __uint(value_size, 4);
} events SEC(".maps");

struct {
    __uint(type, RINGBUF);
    __uint(max_entries, 4096);
} records SEC(".maps");

struct {
    __uint(type, QUEUE);
    __uint(max_entries, 8);
    __type(value, __u32);
} queue SEC(".maps");

struct {
    __uint(type, BLOOM_FILTER);
    __uint(max_entries, 1000);
    __uint(map_extra, 3);
    __type(value, __u32);
} seen SEC(".maps");

struct {
    __uint(type, SK_STORAGE);
    __uint(map_flags, NO_PREALLOC);
    __type(key, int);
    __type(value, struct flow);
} per_socket SEC(".maps");

struct {
    __uint(type, DEVMAP);
    __uint(max_entries, 64);
    __uint(numa_node, 0);
    __type(key, __u32);
    __type(value, __u32);
} devices SEC(".maps");

struct {
    __uint(type, HASH);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, __u32);
    __uint(pinning, PIN_BY_NAME);
} shared SEC(".maps");

SEC("xdp") int uses_maps(struct xdp_md *context) {
    struct flow flow = {context->ingress_ifindex, 7};
    __u32 zero = 0;
    __u64 *count = map_lookup_elem(&flows, &flow);
    if (count)
        __sync_fetch_and_add(count, 1);
    __u32 *pinned = map_lookup_elem(&shared, &zero);
    if (pinned)
        *pinned += 1;
    return map_lookup_elem(&devices, &zero) ? 2 : 1;
}
