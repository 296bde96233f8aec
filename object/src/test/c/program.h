// What the test programs share: section and map macros in the form every BPF loader expects, helpers by number (linux/bpf.h,
// enum bpf_func_id), and the few UAPI types they touch. Written here so that clang alone is enough to build them.
#pragma once

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed char __s8;
typedef short __s16;
typedef int __s32;
typedef long long __s64;

#define NULL ((void *)0)
#define SEC(name) __attribute__((section(name), used))
#define __noinline __attribute__((noinline))
#define __always_inline inline __attribute__((always_inline))
#define __weak __attribute__((weak))
#define __hidden __attribute__((visibility("hidden")))
#define __kconfig __attribute__((section(".kconfig")))
#define __ksym __attribute__((section(".ksyms")))

// BTF-defined maps: the numbers and types hide in the types of pointers.
#define __uint(name, value) int(*name)[value]
#define __type(name, type) typeof(type) *name
#define __array(name, type) typeof(type) *name[]
#define __ulong(name, value) enum { name##__unique = value } name

enum map_type {
    HASH = 1,
    ARRAY = 2,
    PROG_ARRAY = 3,
    PERF_EVENT_ARRAY = 4,
    PERCPU_HASH = 5,
    PERCPU_ARRAY = 6,
    LRU_HASH = 9,
    LPM_TRIE = 11,
    ARRAY_OF_MAPS = 12,
    HASH_OF_MAPS = 13,
    DEVMAP = 14,
    XSKMAP = 17,
    QUEUE = 22,
    SK_STORAGE = 24,
    RINGBUF = 27,
    BLOOM_FILTER = 30,
};

enum { NO_PREALLOC = 1 };
enum { PIN_BY_NAME = 1 };

struct xdp_md {
    __u32 data;
    __u32 data_end;
    __u32 data_meta;
    __u32 ingress_ifindex;
    __u32 rx_queue_index;
    __u32 egress_ifindex;
};

struct __sk_buff {
    __u32 len;
    __u32 pkt_type;
    __u32 mark;
};

static void *(*const map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*const map_update_elem)(void *map, const void *key, const void *value, __u64 flags) = (void *)2;
static long (*const map_delete_elem)(void *map, const void *key) = (void *)3;
static long (*const probe_read_kernel)(void *to, __u32 size, const void *from) = (void *)113;
static __u64 (*const ktime_get_ns)(void) = (void *)5;
static long (*const trace_printk)(const char *format, __u32 size, ...) = (void *)6;
static __u32 (*const get_prandom_u32)(void) = (void *)7;
static long (*const tail_call)(void *context, void *map, __u32 index) = (void *)12;
static __u64 (*const get_current_pid_tgid)(void) = (void *)14;
static long (*const perf_event_output)(void *context, void *map, __u64 flags, void *data, __u64 size) = (void *)25;
static void *(*const ringbuf_reserve)(void *map, __u64 size, __u64 flags) = (void *)131;
static void (*const ringbuf_submit)(void *data, __u64 flags) = (void *)132;
static long (*const for_each_map_elem)(void *map, void *callback, void *context, __u64 flags) = (void *)164;
static long (*const loop)(__u32 iterations, void *callback, void *context, __u64 flags) = (void *)181;

char LICENSE[] SEC("license") = "GPL";
