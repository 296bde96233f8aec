// cpu: v4
// An arena, variables that lie in it, and one whose address is taken in the middle.
#include "program.h"

#define __arena __attribute__((address_space(1)))

struct {
    __uint(type, 33);
    __uint(map_flags, 1 << 10);
    __uint(max_entries, 100);
    __ulong(map_extra, 1ull << 44);
} arena SEC(".maps");

struct node {
    __u64 value;
    struct node __arena *next;
};

struct node __arena nodes[8] SEC(".addr_space.1");
__u64 __arena total SEC(".addr_space.1") = 42;

SEC("syscall") int walk(void *context)
{
    __u64 sum = 0;
    for (struct node __arena *node = &nodes[2]; node; node = node->next) {
        sum += node->value;
    }
    total = sum;
    // The verifier must see the arena's map in the program.
    return map_lookup_elem(&arena, &sum) != NULL;
}
