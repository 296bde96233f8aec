package dev.skep.object.map;

import java.util.Optional;

/**
 * The kind of a map: {@code enum bpf_map_type} of linux/bpf.h (6.18).
 *
 * <p>The ordinal is the UAPI number; names are the UAPI's without {@code BPF_MAP_TYPE_}.
 */
public enum MapType {
    UNSPEC,
    HASH,
    ARRAY,
    PROG_ARRAY,
    PERF_EVENT_ARRAY,
    PERCPU_HASH,
    PERCPU_ARRAY,
    STACK_TRACE,
    CGROUP_ARRAY,
    LRU_HASH,
    LRU_PERCPU_HASH,
    LPM_TRIE,
    ARRAY_OF_MAPS,
    HASH_OF_MAPS,
    DEVMAP,
    SOCKMAP,
    CPUMAP,
    XSKMAP,
    SOCKHASH,
    CGROUP_STORAGE,
    REUSEPORT_SOCKARRAY,
    PERCPU_CGROUP_STORAGE,
    QUEUE,
    STACK,
    SK_STORAGE,
    DEVMAP_HASH,
    STRUCT_OPS,
    RINGBUF,
    INODE_STORAGE,
    TASK_STORAGE,
    BLOOM_FILTER,
    USER_RINGBUF,
    CGRP_STORAGE,
    ARENA;

    private static final MapType[] BY_NUMBER = values();

    /** The one with this UAPI number, if known. */
    public static Optional<MapType> of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
    }

    /** The number in linux/bpf.h. */
    public int number() {
        return ordinal();
    }

    /** The name in linux/bpf.h. */
    public String uapiName() {
        return "BPF_MAP_TYPE_" + name();
    }
}
