// Maps of maps: the template in the type, and slots filled by the loader.
#include "program.h"

struct inner {
    __uint(type, ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, __u64);
} first SEC(".maps"), second SEC(".maps");

struct {
    __uint(type, ARRAY_OF_MAPS);
    __uint(max_entries, 4);
    __type(key, __u32);
    __array(values, struct inner);
} outer_array SEC(".maps") = {.values = {[0] = &first, [3] = &second}};

struct {
    __uint(type, HASH_OF_MAPS);
    __uint(max_entries, 8);
    __type(key, __u32);
    __array(
        values, struct {
            __uint(type, HASH);
            __uint(max_entries, 16);
            __type(key, __u16);
            __type(value, __u8);
        });
} outer_hash SEC(".maps");

SEC("tc") int counts(struct __sk_buff *context) {
    __u32 slot = context->mark & 3, zero = 0;
    void *inner = map_lookup_elem(&outer_array, &slot);
    if (!inner)
        inner = map_lookup_elem(&outer_hash, &slot);
    __u64 *value = inner ? map_lookup_elem(inner, &zero) : NULL;
    return value ? *value : 0;
}
