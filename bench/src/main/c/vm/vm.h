/*
 * What the programs of bench/vm are written against: one source for clang -target bpf and for gcc.
 *
 * Each program has one global, `struct state state`, and one entry, `int run(struct xdp_md *ctx)`. Its work is tens of
 * microseconds, so that the cost of a call hardly counts, and what it returns and leaves in `state` depends on all of it and on
 * the packet. Long loops are cut into global functions, which the kernel's verifier proves one by one.
 */
#pragma once

#include <linux/bpf.h>
#include <linux/types.h>

#ifdef __bpf__
#include <bpf/bpf_helpers.h>

#define STATE struct state state
#define MAP(name, kind, key_type, value_type, entries)                                                                         \
    struct {                                                                                                                   \
        __uint(type, BPF_MAP_TYPE_##kind);                                                                                     \
        __type(key, key_type);                                                                                                 \
        __type(value, value_type);                                                                                             \
        __uint(max_entries, entries);                                                                                          \
    } name SEC(".maps")
#define MAP_WITHOUT_PREALLOCATION(name, kind, key_type, value_type, entries)                                                   \
    struct {                                                                                                                   \
        __uint(type, BPF_MAP_TYPE_##kind);                                                                                     \
        __type(key, key_type);                                                                                                 \
        __type(value, value_type);                                                                                             \
        __uint(max_entries, entries);                                                                                          \
        __uint(map_flags, BPF_F_NO_PREALLOC);                                                                                  \
    } name SEC(".maps")
#define RING(name, bytes)                                                                                                      \
    struct {                                                                                                                   \
        __uint(type, BPF_MAP_TYPE_RINGBUF);                                                                                    \
        __uint(max_entries, bytes);                                                                                            \
    } name SEC(".maps")

char LICENSE[] SEC("license") = "GPL";
#else
#include "native.h"
#endif

/* Keeps a variable in one register: its bounds check is then of what is used, as the verifier needs it. */
#define KEEP(variable) asm volatile("" : "+r"(variable))

/* The program's number from its input: eight bytes of the packet's payload. */
static __always_inline __u64 seed_of(struct xdp_md *ctx)
{
    const unsigned char *packet = (const unsigned char *)(long)ctx->data;

    if (packet + 64 > (const unsigned char *)(long)ctx->data_end)
        return 1;
    return *(const __u64 *)(packet + 48) | 1;
}

/* Marsaglia's xorshift. */
static __always_inline __u64 next_random(__u64 x)
{
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return x;
}
