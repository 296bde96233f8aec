/*
 * What stands in for the kernel's helpers and maps when a program of bench/vm is compiled to native code: plain C, written for
 * speed but for no program in particular. Array look-ups are inlined, as a C programmer would have them; the others are calls.
 */
#pragma once

#include <linux/bpf.h>
#include <linux/types.h>
#include <stddef.h>

#define SEC(name)
#undef __always_inline /* of linux/stddef.h and the C library's headers */
#define __noinline __attribute__((noinline))
#define __always_inline inline __attribute__((always_inline))

/* A map: what it was declared as, then what it is made of once prepared. */
struct native_map {
    enum bpf_map_type type;
    __u32 key_size;
    __u32 value_size;
    __u32 max_entries;

    __u32 count;
    __u32 mask;         /* of HASH: buckets - 1 */
    __u32 stride;       /* bytes of an element */
    __u32 *heads;       /* of HASH: the first element of each bucket plus one */
    __u8 *elements;
    __u32 *free;        /* of HASH: elements to use, a stack */
    struct native_node *root; /* of LPM_TRIE */
    __u64 producer;     /* of RINGBUF: positions in bytes since the start */
    __u64 consumer;
    struct native_map *next;
};

#define MAP(name, kind, key_type, value_type, entries)                                                                         \
    struct native_map name = {BPF_MAP_TYPE_##kind, sizeof(key_type), sizeof(value_type), entries};                              \
    __attribute__((constructor)) static void prepare_##name(void)                                                              \
    {                                                                                                                          \
        native_prepare(&name);                                                                                                 \
    }
#define MAP_WITHOUT_PREALLOCATION MAP
#define RING(name, bytes)                                                                                                      \
    struct native_map name = {BPF_MAP_TYPE_RINGBUF, 0, 0, bytes};                                                              \
    __attribute__((constructor)) static void prepare_##name(void)                                                              \
    {                                                                                                                          \
        native_prepare(&name);                                                                                                 \
    }
#define STATE                                                                                                                  \
    struct state state;                                                                                                        \
    void *const native_state = &state;                                                                                         \
    const size_t native_state_size = sizeof(state)

void native_prepare(struct native_map *map);
void *native_lookup(struct native_map *map, const void *key);
long native_update(struct native_map *map, const void *key, const void *value, __u64 flags);
long native_delete(struct native_map *map, const void *key);
void *native_reserve(struct native_map *ring, __u64 size);
void native_finish(void *record, __u32 flag);

static __always_inline void *bpf_map_lookup_elem(struct native_map *map, const void *key)
{
    if (map->type == BPF_MAP_TYPE_ARRAY) {
        __u32 index = *(const __u32 *)key;

        return index < map->max_entries ? map->elements + (__u64)index * map->stride : NULL;
    }
    return native_lookup(map, key);
}

static __always_inline long bpf_map_update_elem(struct native_map *map, const void *key, const void *value, __u64 flags)
{
    return native_update(map, key, value, flags);
}

static __always_inline long bpf_map_delete_elem(struct native_map *map, const void *key)
{
    return native_delete(map, key);
}

static __always_inline void *bpf_ringbuf_reserve(struct native_map *ring, __u64 size, __u64 flags)
{
    return flags == 0 ? native_reserve(ring, size) : NULL;
}

static __always_inline void bpf_ringbuf_submit(void *record, __u64 flags)
{
    native_finish(record, 0);
}

static __always_inline void bpf_ringbuf_discard(void *record, __u64 flags)
{
    native_finish(record, BPF_RINGBUF_DISCARD_BIT);
}
