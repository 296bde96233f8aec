/* Hash map, longest-prefix trie and ring buffer in plain C: see native.h. */
#include <stdlib.h>
#include <string.h>

#include "native.h"
#include "native_maps.h"

struct native_map *native_maps;

static __u32 round_up(__u32 size)
{
    return (size + 7) & ~7u;
}

/* An element of a hash map: the next one in its bucket plus one, the hash of its key, the value, the key. */
struct element {
    __u32 next;
    __u32 hash;
    __u8 value[];
};

struct native_node {
    struct native_node *child[2];
    __u32 length;
    __u32 has_value;
    __u8 bytes[]; /* the prefix, then the value */
};

static void *zeroed(size_t count, size_t size)
{
    void *memory = calloc(count, size);

    if (!memory)
        abort();
    return memory;
}

void native_prepare(struct native_map *map)
{
    map->next = native_maps;
    native_maps = map;
    map->stride = round_up(map->value_size);
    switch (map->type) {
    case BPF_MAP_TYPE_HASH: {
        __u32 buckets = 1;

        while (buckets < map->max_entries)
            buckets *= 2;
        map->mask = buckets - 1;
        map->stride += sizeof(struct element) + round_up(map->key_size);
        map->heads = zeroed(buckets, sizeof(__u32));
        map->free = zeroed(map->max_entries, sizeof(__u32));
        for (__u32 i = 0; i < map->max_entries; i++)
            map->free[i] = map->max_entries - 1 - i;
        map->elements = zeroed(map->max_entries, map->stride);
        break;
    }
    case BPF_MAP_TYPE_RINGBUF:
        map->elements = zeroed(2, map->max_entries);
        break;
    default:
        map->elements = zeroed(map->max_entries, map->stride);
    }
}

static inline __u32 rol32(__u32 word, int shift)
{
    return word << shift | word >> (32 - shift);
}

/* lookup3 of a key whose size is a multiple of 4. */
static __u32 hash_of(const void *key, __u32 size)
{
    const __u32 *word = key;
    __u32 left = size / 4;
    __u32 a, b, c;

    a = b = c = 0xdeadbeef + size;
    while (left > 3) {
        a += word[0], b += word[1], c += word[2];
        a -= c, a ^= rol32(c, 4), c += b;
        b -= a, b ^= rol32(a, 6), a += c;
        c -= b, c ^= rol32(b, 8), b += a;
        a -= c, a ^= rol32(c, 16), c += b;
        b -= a, b ^= rol32(a, 19), a += c;
        c -= b, c ^= rol32(b, 4), b += a;
        left -= 3, word += 3;
    }
    if (left > 2)
        c += word[2];
    if (left > 1)
        b += word[1];
    if (left > 0)
        a += word[0];
    c ^= b, c -= rol32(b, 14);
    a ^= c, a -= rol32(c, 11);
    b ^= a, b -= rol32(a, 25);
    c ^= b, c -= rol32(b, 16);
    a ^= c, a -= rol32(c, 4);
    b ^= a, b -= rol32(a, 14);
    c ^= b, c -= rol32(b, 24);
    return c;
}

static struct element *element_at(struct native_map *map, __u32 number)
{
    return (struct element *)(map->elements + (__u64)(number - 1) * map->stride);
}

static inline int same_key(const void *a, const void *b, __u32 size)
{
    if (size == 8)
        return *(const __u64 *)a == *(const __u64 *)b;
    if (size == 4)
        return *(const __u32 *)a == *(const __u32 *)b;
    return memcmp(a, b, size) == 0;
}

/* The link that leads to the element with this key, or the last of its bucket. */
static __u32 *link_to(struct native_map *map, const void *key, __u32 hash)
{
    __u32 *link = &map->heads[hash & map->mask];
    __u32 key_at = round_up(map->value_size);

    while (*link) {
        struct element *element = element_at(map, *link);

        if (element->hash == hash && same_key(element->value + key_at, key, map->key_size))
            break;
        link = &element->next;
    }
    return link;
}

static void *hash_lookup(struct native_map *map, const void *key)
{
    __u32 *link = link_to(map, key, hash_of(key, map->key_size));

    return *link ? element_at(map, *link)->value : NULL;
}

static long hash_update(struct native_map *map, const void *key, const void *value)
{
    __u32 hash = hash_of(key, map->key_size);
    __u32 *link = link_to(map, key, hash);

    if (!*link) {
        struct element *element;
        __u32 number;

        if (map->count == map->max_entries)
            return -7;
        number = map->free[map->count++] + 1;
        element = element_at(map, number);
        element->hash = hash;
        element->next = map->heads[hash & map->mask];
        memcpy(element->value + round_up(map->value_size), key, map->key_size);
        memcpy(element->value, value, map->value_size);
        map->heads[hash & map->mask] = number;
        return 0;
    }
    memcpy(element_at(map, *link)->value, value, map->value_size);
    return 0;
}

static long hash_delete(struct native_map *map, const void *key)
{
    __u32 *link = link_to(map, key, hash_of(key, map->key_size));
    __u32 number = *link;

    if (!number)
        return -2;
    *link = element_at(map, number)->next;
    map->free[--map->count] = number - 1;
    return 0;
}

static inline int bit(const __u8 *bytes, __u32 position)
{
    return bytes[position / 8] >> (7 - position % 8) & 1;
}

/* How many of the first `most` bits two strings have in common. */
static inline __u32 common_bits(const __u8 *a, const __u8 *b, __u32 most)
{
    __u32 at = 0;

    for (; at + 32 <= most; at += 32) {
        __u32 difference = *(const __u32 *)(a + at / 8) ^ *(const __u32 *)(b + at / 8);

        if (difference)
            return at + __builtin_clz(__builtin_bswap32(difference));
    }
    for (; at < most; at += 8) {
        __u32 difference = a[at / 8] ^ b[at / 8];

        if (difference) {
            at += __builtin_clz(difference) - 24;
            break;
        }
    }
    return at < most ? at : most;
}

static void *trie_lookup(struct native_map *map, const void *key)
{
    __u32 length = *(const __u32 *)key;
    const __u8 *bytes = (const __u8 *)key + 4;
    struct native_node *found = NULL;

    for (struct native_node *node = map->root; node;) {
        if (node->length > length || common_bits(node->bytes, bytes, node->length) < node->length)
            break;
        if (node->has_value)
            found = node;
        if (node->length == length)
            break;
        node = node->child[bit(bytes, node->length)];
    }
    return found ? found->bytes + round_up(map->key_size - 4) : NULL;
}

static struct native_node *new_node(struct native_map *map, const void *key, __u32 length)
{
    __u32 data = map->key_size - 4;
    struct native_node *node = zeroed(1, sizeof(*node) + round_up(data) + round_up(map->value_size));

    node->length = length;
    memcpy(node->bytes, (const __u8 *)key + 4, data);
    return node;
}

static long trie_update(struct native_map *map, const void *key, const void *value)
{
    __u32 length = *(const __u32 *)key;
    const __u8 *bytes = (const __u8 *)key + 4;
    struct native_node **link = &map->root;
    struct native_node *node, *above;
    __u32 common = 0;

    while ((node = *link)) {
        common = common_bits(node->bytes, bytes, node->length < length ? node->length : length);
        if (common < node->length || common == length)
            break;
        link = &node->child[bit(bytes, common)];
    }
    if (!node || node->length != length || common != length) {
        struct native_node *fresh = new_node(map, key, length);

        if (!node) {
            *link = fresh;
        } else if (common == length) {
            fresh->child[bit(node->bytes, common)] = node;
            *link = fresh;
        } else {
            above = new_node(map, key, common);
            above->child[bit(bytes, common)] = fresh;
            above->child[!bit(bytes, common)] = node;
            *link = above;
        }
        node = fresh;
    }
    node->has_value = 1;
    memcpy(node->bytes + round_up(map->key_size - 4), value, map->value_size);
    return 0;
}

void *native_lookup(struct native_map *map, const void *key)
{
    return map->type == BPF_MAP_TYPE_HASH ? hash_lookup(map, key) : trie_lookup(map, key);
}

long native_update(struct native_map *map, const void *key, const void *value, __u64 flags)
{
    return map->type == BPF_MAP_TYPE_HASH ? hash_update(map, key, value) : trie_update(map, key, value);
}

long native_delete(struct native_map *map, const void *key)
{
    return hash_delete(map, key);
}

/* Records lie behind a header of 8 bytes; one over the end goes on behind it, where the ring has its size once more. */
void *native_reserve(struct native_map *ring, __u64 size)
{
    __u64 length = (size + 8 + 7) & ~7ull;
    __u8 *header = ring->elements + (ring->producer & (ring->max_entries - 1));

    if (ring->producer + length - ring->consumer > ring->max_entries - 1)
        return NULL;
    __atomic_store_n((__u32 *)header, size | BPF_RINGBUF_BUSY_BIT, __ATOMIC_RELEASE);
    ring->producer += length;
    return header + 8;
}

void native_finish(void *record, __u32 flag)
{
    __u32 *header = (__u32 *)record - 2;

    __atomic_exchange_n(header, (*header & ~BPF_RINGBUF_BUSY_BIT) | flag, __ATOMIC_SEQ_CST);
}

void native_drain(struct native_map *ring, void (*see)(const __u8 *record, __u32 size))
{
    while (ring->consumer < ring->producer) {
        __u8 *header = ring->elements + (ring->consumer & (ring->max_entries - 1));
        __u32 length = *(__u32 *)header;

        if (see && !(length & BPF_RINGBUF_DISCARD_BIT))
            see(header + 8, length);
        length &= ~BPF_RINGBUF_DISCARD_BIT;
        ring->consumer += (length + 8 + 7) & ~7u;
    }
}
