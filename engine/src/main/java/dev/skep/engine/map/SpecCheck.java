package dev.skep.engine.map;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;

/**
 * The conditions under which the kernel (6.18) creates a map: each kind's {@code map_alloc_check} under kernel/bpf and
 * net/core, which answer EINVAL or E2BIG, said in words.
 */
final class SpecCheck {
    private static final long PAGE_SIZE = 4096;
    /** {@code KMALLOC_MAX_SIZE} on x86-64 with 4 KiB pages. */
    private static final long LARGEST_ALLOCATION = 1 << 22;
    /** {@code sizeof(struct htab_elem)}. */
    private static final int HASH_ELEMENT = 48;
    /** What a trie's node takes beside key and value. */
    private static final int TRIE_NODE = 256 + 24;
    /** {@code BPF_LOCAL_STORAGE_MAX_VALUE_SIZE}. */
    private static final int LARGEST_STORAGE = 0xffff - 128;
    /** {@code PCPU_MIN_UNIT_SIZE}. */
    private static final long LARGEST_PER_CPU_VALUE = 32 << 10;
    /** {@code MAX_BPF_STACK}. */
    private static final int STACK_SIZE = 512;
    /** {@code sysctl_perf_event_max_stack}'s default. */
    private static final int LONGEST_STACK_TRACE = 127;

    private static final int USER_ACCESS = MapFlags.RDONLY | MapFlags.WRONLY;

    private final MapSpec spec;

    private SpecCheck(MapSpec spec) {
        this.spec = spec;
    }

    /** @throws InputException if the kernel would refuse to create the map */
    static void check(MapSpec spec) {
        SpecCheck check = new SpecCheck(spec);
        check.common();
        check.kind();
    }

    private void common() {
        require(
                spec.mapExtra() == 0 || spec.type() == MapType.BLOOM_FILTER || spec.type() == MapType.ARENA,
                "map_extra is " + spec.mapExtra() + ", but only bloom filters and arenas have one",
                "leave map_extra out");
        require(
                (spec.flags() & USER_ACCESS) != USER_ACCESS,
                "BPF_F_RDONLY and BPF_F_WRONLY together allow nothing",
                "set one of them");
        int programAccess = MapFlags.RDONLY_PROG | MapFlags.WRONLY_PROG;
        require(
                (spec.flags() & programAccess) != programAccess,
                "BPF_F_RDONLY_PROG and BPF_F_WRONLY_PROG together allow nothing",
                "set one of them");
    }

    private void kind() {
        switch (spec.type()) {
            case UNSPEC -> require(false, "it has no type", "declare one, for example BPF_MAP_TYPE_HASH");
            case ARRAY -> array(MapFlags.MMAPABLE | MapFlags.INNER_MAP);
            case PERCPU_ARRAY -> perCpuArray();
            case PROG_ARRAY, CGROUP_ARRAY, ARRAY_OF_MAPS -> arrayOfNumbers(0);
            case PERF_EVENT_ARRAY -> arrayOfNumbers(MapFlags.PRESERVE_ELEMS);
            case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, HASH_OF_MAPS -> hash();
            case LPM_TRIE -> trie();
            case QUEUE, STACK -> queue();
            case BLOOM_FILTER -> bloomFilter();
            case RINGBUF, USER_RINGBUF -> ringBuffer();
            case DEVMAP, DEVMAP_HASH, XSKMAP, SOCKMAP -> redirectTable(USER_ACCESS);
            case CPUMAP -> redirectTable(0);
            case SOCKHASH -> socketHash();
            case REUSEPORT_SOCKARRAY -> reuseportArray();
            case CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> cgroupStorage();
            case SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE -> objectStorage();
            case STACK_TRACE -> stackTrace();
            case STRUCT_OPS -> structOps();
            case ARENA -> arena();
        }
    }

    private void array(int moreFlags) {
        keyIs(4);
        valueNotEmpty();
        entriesNotZero();
        flagsWithin(MapFlags.NUMA_NODE | MapFlags.ACCESS | moreFlags);
    }

    private void perCpuArray() {
        array(0);
        perCpuValueFits();
        noNumaNode();
    }

    private void arrayOfNumbers(int moreFlags) {
        keyIs(4);
        valueIs(4);
        entriesNotZero();
        flagsWithin(MapFlags.NUMA_NODE | MapFlags.RDONLY | MapFlags.WRONLY | moreFlags);
        if (spec.type() == MapType.ARRAY_OF_MAPS) {
            innerMap();
        }
    }

    private void hash() {
        boolean lru = spec.type() == MapType.LRU_HASH || spec.type() == MapType.LRU_PERCPU_HASH;
        boolean perCpu = spec.type() == MapType.PERCPU_HASH || spec.type() == MapType.LRU_PERCPU_HASH;
        keyNotEmpty();
        valueNotEmpty();
        entriesNotZero();
        flagsWithin(MapFlags.NO_PREALLOC
                | MapFlags.NO_COMMON_LRU
                | MapFlags.NUMA_NODE
                | MapFlags.ACCESS
                | MapFlags.ZERO_SEED);
        require(
                !lru || (spec.flags() & MapFlags.NO_PREALLOC) == 0,
                "an LRU map is always preallocated",
                "leave out BPF_F_NO_PREALLOC");
        require(
                lru || (spec.flags() & MapFlags.NO_COMMON_LRU) == 0,
                "BPF_F_NO_COMMON_LRU is for LRU maps",
                "leave it out, or make it an LRU map");
        bucketsCountable();
        require(
                (long) spec.keySize() + spec.valueSize() < LARGEST_ALLOCATION - HASH_ELEMENT,
                "key and value have " + ((long) spec.keySize() + spec.valueSize()) + " bytes, a hash's element at most "
                        + LARGEST_ALLOCATION,
                "make the value smaller, or use an array");
        if (perCpu) {
            perCpuValueFits();
            noNumaNode();
        }
        if (spec.type() == MapType.HASH_OF_MAPS) {
            valueIs(4);
            innerMap();
        }
    }

    private void trie() {
        require(
                spec.keySize() >= 5 && spec.keySize() <= 4 + 256,
                "the key has " + spec.keySize() + " bytes, a trie's has 4 for the prefix length and 1 to 256 of data",
                "declare the key as struct bpf_lpm_trie_key with its data");
        valueNotEmpty();
        require(
                spec.valueSize() <= LARGEST_ALLOCATION - TRIE_NODE,
                "the value has " + spec.valueSize() + " bytes, a trie's at most " + LARGEST_ALLOCATION,
                "make the value smaller");
        entriesNotZero();
        flagsWithin(MapFlags.NO_PREALLOC | MapFlags.NUMA_NODE | MapFlags.ACCESS);
        require(
                (spec.flags() & MapFlags.NO_PREALLOC) != 0,
                "a trie is never preallocated",
                "set map_flags to BPF_F_NO_PREALLOC");
    }

    private void queue() {
        noKey();
        valueFitsAllocation();
        entriesNotZero();
        flagsWithin(MapFlags.NUMA_NODE | MapFlags.ACCESS);
    }

    private void bloomFilter() {
        noKey();
        valueFitsAllocation();
        entriesNotZero();
        flagsWithin(MapFlags.NUMA_NODE | MapFlags.ZERO_SEED | MapFlags.ACCESS);
        require(
                (spec.mapExtra() & ~0xfL) == 0,
                "map_extra is " + spec.mapExtra() + ", a bloom filter takes 0 to 15 hash functions",
                "set map_extra to 15 or less");
    }

    private void ringBuffer() {
        noKey();
        valueIs(0);
        flagsWithin(MapFlags.NUMA_NODE);
        long size = Integer.toUnsignedLong(spec.maxEntries());
        require(
                Long.bitCount(size) == 1 && size % PAGE_SIZE == 0,
                "max_entries is " + size + ", a ring buffer's size is a power of two and a multiple of " + PAGE_SIZE,
                "set max_entries to " + Math.max(PAGE_SIZE, Long.highestOneBit(Math.max(1, size) * 2 - 1)));
    }

    private void redirectTable(int access) {
        keyIs(4);
        boolean mayHoldProgram = spec.type() != MapType.XSKMAP;
        require(
                spec.valueSize() == 4 || (mayHoldProgram && spec.valueSize() == 8),
                "the value has " + spec.valueSize() + " bytes, not 4" + (mayHoldProgram ? " or 8" : ""),
                "declare it as in linux/bpf.h");
        entriesNotZero();
        flagsWithin(MapFlags.NUMA_NODE | access);
        if (spec.type() == MapType.DEVMAP_HASH) {
            bucketsCountable();
        }
        require(
                spec.type() != MapType.CPUMAP || Integer.compareUnsigned(spec.maxEntries(), 8192) <= 0,
                "max_entries is " + entries() + ", a CPU map has at most 8192",
                "lower max_entries");
    }

    private void socketHash() {
        keyNotEmpty();
        require(
                spec.keySize() <= STACK_SIZE,
                "the key has " + spec.keySize() + " bytes, a socket hash's at most " + STACK_SIZE,
                "make the key smaller");
        require(
                spec.valueSize() == 4 || spec.valueSize() == 8,
                "the value has " + spec.valueSize() + " bytes, not 4 or 8",
                "declare it as in linux/bpf.h");
        entriesNotZero();
        bucketsCountable();
        flagsWithin(MapFlags.NUMA_NODE | USER_ACCESS);
    }

    private void reuseportArray() {
        keyIs(4);
        require(
                spec.valueSize() == 4 || spec.valueSize() == 8,
                "the value has " + spec.valueSize() + " bytes, not 4 or 8",
                "declare it as in linux/bpf.h");
        entriesNotZero();
        flagsWithin(MapFlags.NUMA_NODE | MapFlags.ACCESS);
    }

    private void cgroupStorage() {
        require(
                spec.keySize() == 8 || spec.keySize() == 16,
                "the key has " + spec.keySize() + " bytes, not 8 (cgroup id) or 16 (struct bpf_cgroup_storage_key)",
                "declare the key as struct bpf_cgroup_storage_key");
        storageValueFits();
        if (spec.type() == MapType.PERCPU_CGROUP_STORAGE) {
            perCpuValueFits();
        }
        noEntries();
        flagsWithin(MapFlags.NUMA_NODE | MapFlags.ACCESS);
    }

    private void objectStorage() {
        keyIs(4);
        storageValueFits();
        noEntries();
        flagsWithin(MapFlags.NO_PREALLOC | MapFlags.CLONE);
        require(
                (spec.flags() & MapFlags.NO_PREALLOC) != 0,
                "a local storage is never preallocated",
                "set map_flags to BPF_F_NO_PREALLOC");
    }

    private void stackTrace() {
        keyIs(4);
        entriesNotZero();
        bucketsCountable();
        flagsWithin(MapFlags.NUMA_NODE | USER_ACCESS | MapFlags.STACK_BUILD_ID);
        int frame = (spec.flags() & MapFlags.STACK_BUILD_ID) != 0 ? 32 : 8;
        require(
                spec.valueSize() >= 8
                        && spec.valueSize() % frame == 0
                        && spec.valueSize() / frame <= LONGEST_STACK_TRACE,
                "the value has " + spec.valueSize() + " bytes, not " + frame + " for each of 1 to "
                        + LONGEST_STACK_TRACE + " frames",
                "declare it as an array of that many frames");
    }

    private void structOps() {
        keyIs(4);
        valueNotEmpty();
        require(spec.maxEntries() == 1, "max_entries is " + entries() + ", a struct_ops map has 1", "set it to 1");
        flagsWithin(MapFlags.LINK | MapFlags.VTYPE_BTF_OBJ_FD);
    }

    private void arena() {
        noKey();
        valueIs(0);
        entriesNotZero();
        flagsWithin(MapFlags.SEGV_ON_FAULT | MapFlags.MMAPABLE | MapFlags.NO_USER_CONV);
        require(
                (spec.flags() & MapFlags.MMAPABLE) != 0,
                "an arena is always mapped",
                "set map_flags to BPF_F_MMAPABLE");
        require(
                spec.mapExtra() % PAGE_SIZE == 0,
                "map_extra is " + spec.mapExtra() + ", the address of an arena is a multiple of " + PAGE_SIZE,
                "leave map_extra out, or round it");
        require(
                Integer.toUnsignedLong(spec.maxEntries()) <= 1 << 20,
                "max_entries is " + entries() + " pages, an arena has at most 4 GiB",
                "lower max_entries");
    }

    // Conditions that many kinds share.

    private void innerMap() {
        MapSpec inner = spec.inner()
                .orElseThrow(() -> new InputException(
                        Location.in("map " + spec.name()),
                        "it is a map of maps without an inner map's definition",
                        "declare it with __array(values, struct { ... }), or give a template"));
        require(
                inner.type() != MapType.ARRAY_OF_MAPS && inner.type() != MapType.HASH_OF_MAPS,
                "its inner map is a map of maps itself, which the kernel does not allow",
                "nest maps one level deep");
        require(
                inner.type() != MapType.PROG_ARRAY
                        && inner.type() != MapType.STRUCT_OPS
                        && inner.type() != MapType.CGROUP_STORAGE
                        && inner.type() != MapType.PERCPU_CGROUP_STORAGE,
                "its inner map is a " + inner.type().uapiName() + ", which cannot be in a map",
                "use another kind of inner map");
    }

    private void keyIs(int size) {
        require(
                spec.keySize() == size,
                "the key has " + spec.keySize() + " bytes, a " + kindName() + "'s has " + size,
                "declare a key of " + size + " bytes");
    }

    private void keyNotEmpty() {
        require(spec.keySize() > 0, "the key has no bytes", "declare a key type");
    }

    private void noKey() {
        require(
                spec.keySize() == 0,
                "the key has " + spec.keySize() + " bytes, a " + kindName() + " has no key",
                "declare no key");
    }

    private void valueIs(int size) {
        require(
                spec.valueSize() == size,
                "the value has " + spec.valueSize() + " bytes, a " + kindName() + "'s has " + size,
                size == 0 ? "declare no value" : "declare a value of " + size + " bytes");
    }

    private void valueNotEmpty() {
        require(spec.valueSize() > 0, "the value has no bytes", "declare a value type");
    }

    private void valueFitsAllocation() {
        valueNotEmpty();
        require(
                spec.valueSize() <= LARGEST_ALLOCATION,
                "the value has " + spec.valueSize() + " bytes, a " + kindName() + "'s at most " + LARGEST_ALLOCATION,
                "make the value smaller");
    }

    private void storageValueFits() {
        valueNotEmpty();
        require(
                spec.valueSize() <= LARGEST_STORAGE,
                "the value has " + spec.valueSize() + " bytes, a local storage's at most " + LARGEST_STORAGE,
                "make the value smaller");
    }

    private void perCpuValueFits() {
        require(
                spec.valueSize() <= LARGEST_PER_CPU_VALUE,
                "the value has " + spec.valueSize() + " bytes, a per-CPU value at most " + LARGEST_PER_CPU_VALUE,
                "make the value smaller");
    }

    private void entriesNotZero() {
        require(spec.maxEntries() != 0, "max_entries is 0", "set max_entries to the number of entries it needs");
    }

    /** Entries rounded up to a power of two are a 32-bit number of buckets. */
    private void bucketsCountable() {
        require(
                Integer.toUnsignedLong(spec.maxEntries()) <= 1L << 31,
                "max_entries is " + entries() + ", a " + kindName() + " has at most 2^31",
                "lower max_entries");
    }

    private void noEntries() {
        require(
                spec.maxEntries() == 0,
                "max_entries is " + entries() + ", a " + kindName() + " has no limit",
                "set max_entries to 0");
    }

    private void noNumaNode() {
        require(
                (spec.flags() & MapFlags.NUMA_NODE) == 0,
                "a per-CPU map belongs to no NUMA node",
                "leave out BPF_F_NUMA_NODE");
    }

    private void flagsWithin(int allowed) {
        int unknown = spec.flags() & ~allowed;
        require(
                unknown == 0,
                "map_flags has " + MapFlags.describe(unknown) + ", which a " + kindName() + " does not know",
                "allowed are " + MapFlags.describe(allowed));
    }

    private String kindName() {
        return spec.type().uapiName();
    }

    private String entries() {
        return Integer.toUnsignedString(spec.maxEntries());
    }

    private void require(boolean condition, String problem, String advice) {
        if (!condition) {
            throw new InputException(Location.in("map " + spec.name()), problem, advice);
        }
    }
}
