// golden: by hand
// clang: 19
// An arena, a global inside it, and casts between its address spaces (libbpf since 1.5).
#include "program.h"

#define __arena __attribute__((address_space(1)))
enum { MMAPABLE = 1 << 10 };

struct {
    __uint(type, 33);
    __uint(map_flags, MMAPABLE);
    __uint(max_entries, 10);
    __ulong(map_extra, 0x1ull << 44);
} arena SEC(".maps");

struct __arena node {
    struct node __arena *next;
    int value;
};

struct node __arena *head SEC(".addr_space.1");
int __arena total SEC(".addr_space.1") = 5;
struct node __arena *saved;

SEC("syscall") int walks(void *context) {
    struct node __arena *node = head;
    if (!node)
        return map_lookup_elem(&arena, NULL) != NULL;
    total += node->value;
    saved = node->next;
    return total;
}
