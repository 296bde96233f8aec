// golden: by hand
// Maps as they were declared before BTF: libbpf 1.x no longer reads them.
#include "program.h"

struct map_definition {
    __u32 type;
    __u32 key_size;
    __u32 value_size;
    __u32 max_entries;
    __u32 map_flags;
};

struct map_definition SEC("maps") counts = {.type = HASH, .key_size = 4, .value_size = 8, .max_entries = 7};
struct map_definition SEC("maps") flags = {.type = ARRAY, .key_size = 4, .value_size = 1, .max_entries = 2, .map_flags = 8};

SEC("xdp") int program(struct xdp_md *context) {
    __u32 key = 1;
    return map_lookup_elem(&flags, &key) ? 2 : map_lookup_elem(&counts, &key) != NULL;
}
