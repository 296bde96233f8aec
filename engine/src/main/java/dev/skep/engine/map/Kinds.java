package dev.skep.engine.map;

import dev.skep.object.map.MapSpec;

/** Which class is which kind of map. */
final class Kinds {
    private Kinds() {}

    /** @param spec checked already */
    static EngineMap create(MapSpec spec, MapHome home) {
        return switch (spec.type()) {
            case UNSPEC -> throw new IllegalArgumentException("the spec was not checked");
            case ARRAY -> new ArrayMap(spec, home);
            case PERCPU_ARRAY -> new PerCpuArrayMap(spec, home);
            case HASH, LRU_HASH -> new PlainHashMap(spec, home);
            case PERCPU_HASH, LRU_PERCPU_HASH -> new PerCpuHashMap(spec, home);
            case PROG_ARRAY -> new ProgramArrayMap(spec, home);
            case ARRAY_OF_MAPS -> new ArrayOfMapsMap(spec, home);
            case HASH_OF_MAPS -> new HashOfMapsMap(spec, home);
            case LPM_TRIE -> new LpmTrieMap(spec, home);
            case QUEUE, STACK -> new QueueMap(spec, home);
            case BLOOM_FILTER -> new BloomFilterMap(spec, home);
            case RINGBUF -> new RingBufferMap(spec, home);
            case USER_RINGBUF -> new UserRingBufferMap(spec, home);
            case PERF_EVENT_ARRAY -> new PerfEventArrayMap(spec, home);
            case DEVMAP, CPUMAP, XSKMAP, SOCKMAP, REUSEPORT_SOCKARRAY, CGROUP_ARRAY -> new IndexedTableMap(spec, home);
            case DEVMAP_HASH, SOCKHASH -> new HashedTableMap(spec, home);
            case SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE -> new ObjectStorageMap(spec, home);
            case CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> new CgroupStorageMap(spec, home);
            case STACK_TRACE -> new StackTraceMap(spec, home);
            case STRUCT_OPS -> new StructOpsMap(spec, home);
            case ARENA -> new ArenaMap(spec, home);
        };
    }
}
