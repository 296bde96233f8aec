package dev.skep.verifier.transfer;

import dev.skep.object.map.MapType;
import java.util.Optional;

/** Which struct of the kernel's a map of each type is, for programs that look into it ({@code map_btf_id} of {@code bpf_map_ops}). */
final class MapStructures {
    private MapStructures() {}

    /** The struct's name; empty if programs may not look into maps of this type. */
    static Optional<String> of(MapType type) {
        return Optional.ofNullable(
                switch (type) {
                    case ARRAY, PERCPU_ARRAY, PROG_ARRAY, PERF_EVENT_ARRAY, CGROUP_ARRAY, ARRAY_OF_MAPS -> "bpf_array";
                    case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, HASH_OF_MAPS -> "bpf_htab";
                    case LPM_TRIE -> "lpm_trie";
                    case STACK_TRACE -> "bpf_stack_map";
                    case QUEUE, STACK -> "bpf_queue_stack";
                    case RINGBUF, USER_RINGBUF -> "bpf_ringbuf_map";
                    case SOCKMAP -> "bpf_stab";
                    case SOCKHASH -> "bpf_shtab";
                    case DEVMAP, DEVMAP_HASH -> "bpf_dtab";
                    case CPUMAP -> "bpf_cpu_map";
                    case XSKMAP -> "xsk_map";
                    case REUSEPORT_SOCKARRAY -> "reuseport_array";
                    case SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE -> "bpf_local_storage_map";
                    case CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> "bpf_cgroup_storage_map";
                    case BLOOM_FILTER -> "bpf_bloom_filter";
                    case STRUCT_OPS -> "bpf_struct_ops_map";
                    case ARENA -> "bpf_arena";
                    default -> null;
                });
    }
}
