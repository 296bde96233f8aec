// Cannot be linked with link_library.c: means another map by the same name.
#include "program.h"

struct other_map {
    __uint(type, HASH);
    __uint(max_entries, 64);
    __type(key, __u32);
    __type(value, __u64);
};

extern struct other_map sessions __attribute__((section(".maps")));

SEC("tc") int uses_map(struct __sk_buff *skb) { return map_lookup_elem(&sessions, &skb->len) != NULL; }
