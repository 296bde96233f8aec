// flags: -g0
// The form of maps before BTF, which libbpf refuses since 1.0: an array of structs in a section named "maps". No debugging
// information at all, so no BTF either.
#include "program.h"

struct bpf_map_def {
    __u32 type;
    __u32 key_size;
    __u32 value_size;
    __u32 max_entries;
    __u32 map_flags;
};

struct bpf_map_def SEC("maps") counters = {.type = PERCPU_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 256};
struct bpf_map_def SEC("maps") sessions = {
    .type = HASH, .key_size = 16, .value_size = 32, .max_entries = 1000, .map_flags = NO_PREALLOC};

int limit = 7;
__u32 _version SEC("version") = 0x050a00;

static __noinline int check(__u64 *count) { return ++*count > limit; }

SEC("xdp") int filter(struct xdp_md *context)
{
    __u32 key = context->rx_queue_index;
    __u64 *count = map_lookup_elem(&counters, &key);
    char address[16] = {};
    return count && check(count) && map_lookup_elem(&sessions, address) ? 1 : 2;
}
