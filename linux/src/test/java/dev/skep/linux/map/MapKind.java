package dev.skep.linux.map;

import static dev.skep.linux.map.MapKind.Operation.DELETE;
import static dev.skep.linux.map.MapKind.Operation.LOOKUP;
import static dev.skep.linux.map.MapKind.Operation.TAKE_OUT;
import static dev.skep.linux.map.MapKind.Operation.UPDATE;
import static dev.skep.linux.map.MapKind.Operation.WALK;

import dev.skep.linux.machine.PossibleCpus;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A kind of map as the contract needs it.
 *
 * @param spec without types; those of storages come from the contract
 * @param operations that the kernel has for it (6.18)
 * @param shows what a look-up says of what was stored
 * @param key of an entry by its number @param value likewise
 */
record MapKind(
        MapSpec spec, Set<Operation> operations, Shows shows, IntFunction<byte[]> key, IntFunction<byte[]> value) {
    private static final int BPF_F_NO_PREALLOC = 1; // linux/bpf.h
    private static final int BPF_F_MMAPABLE = 1 << 10;
    private static final int ENTRIES = 4;
    private static final int CGROUP_STORAGE_KEY_SIZE = 16; // struct bpf_cgroup_storage_key

    /** What user space does with single entries; batches are made of these. */
    enum Operation {
        UPDATE,
        LOOKUP,
        DELETE,
        TAKE_OUT,
        WALK
    }

    /** What a look-up says of what was stored. */
    enum Shows {
        /** The same bytes. */
        VALUE,
        /** Something for what was stored: an id or a cookie. */
        TOKEN,
        /** Only that it may be there; the value itself is what one asks with. */
        MEMBERSHIP
    }

    private static final Set<Operation> NONE = EnumSet.noneOf(Operation.class);
    private static final Set<Operation> ALL = EnumSet.allOf(Operation.class);
    private static final Set<Operation> STORED = EnumSet.of(UPDATE, LOOKUP, WALK);
    private static final Set<Operation> REMOVED = EnumSet.of(UPDATE, LOOKUP, DELETE, WALK);

    /** @param material makes what the map is to hold; the caller closes it after the map */
    static MapKind of(MapType type, MapMaterial material) {
        return switch (type) {
            case HASH, LRU_HASH -> plain(type, 0, ALL);
            case PERCPU_HASH, LRU_PERCPU_HASH -> plain(type, 0, ALL).perCpu();
            case ARRAY -> plain(type, 0, STORED);
            case PERCPU_ARRAY -> plain(type, 0, STORED).perCpu();
            case LPM_TRIE ->
                sized(type, 8, 8, ENTRIES)
                        .withFlags(BPF_F_NO_PREALLOC)
                        .withKeys(n -> buffer(8).putInt(32).putInt(n).array())
                        .offering(REMOVED);
            case QUEUE, STACK -> sized(type, 0, 8, ENTRIES).offering(EnumSet.of(UPDATE, LOOKUP, TAKE_OUT));
            case BLOOM_FILTER ->
                sized(type, 0, 8, ENTRIES).offering(EnumSet.of(UPDATE, LOOKUP)).showing(Shows.MEMBERSHIP);
            case PROG_ARRAY ->
                holding(type, 4, material.program().descriptor())
                        .offering(REMOVED)
                        .showing(Shows.TOKEN);
            case ARRAY_OF_MAPS, HASH_OF_MAPS ->
                holding(type, 4, material.array().descriptor())
                        .withInner(MapSpec.of("inner", MapType.ARRAY, 4, 4, 1))
                        .offering(REMOVED)
                        .showing(Shows.TOKEN);
            case PERF_EVENT_ARRAY -> holding(type, 4, material.event()).offering(EnumSet.of(UPDATE, DELETE, WALK));
            case CGROUP_ARRAY -> holding(type, 4, material.cgroup()).offering(EnumSet.of(UPDATE, DELETE, WALK));
            case XSKMAP -> holding(type, 4, material.packetSocket()).offering(EnumSet.of(UPDATE, DELETE, WALK));
            case SOCKMAP, SOCKHASH, REUSEPORT_SOCKARRAY ->
                holding(type, 8, material.listener()).offering(REMOVED).showing(Shows.TOKEN);
            case DEVMAP, DEVMAP_HASH -> sized(type, 4, 4, ENTRIES).withValues(n -> word(1)); // the loopback interface
            case CPUMAP -> sized(type, 4, 4, 1).withValues(n -> word(192)); // a queue's size
            case SK_STORAGE -> storage(type, material.listener());
            case INODE_STORAGE -> storage(type, material.file());
            case TASK_STORAGE -> storage(type, material.process());
            case CGRP_STORAGE -> storage(type, material.cgroup());
            // Entries come with attached programs: see CgroupStorageTest.
            case CGROUP_STORAGE -> sized(type, CGROUP_STORAGE_KEY_SIZE, 8, 0).offering(EnumSet.of(LOOKUP, WALK));
            case PERCPU_CGROUP_STORAGE ->
                sized(type, CGROUP_STORAGE_KEY_SIZE, 8, 0)
                        .offering(EnumSet.of(LOOKUP, WALK))
                        .perCpu();
            case STACK_TRACE -> sized(type, 4, 8 * 20, ENTRIES).offering(EnumSet.of(LOOKUP, DELETE, TAKE_OUT, WALK));
            case RINGBUF, USER_RINGBUF -> sized(type, 0, 0, 4096).offering(NONE);
            case ARENA -> sized(type, 0, 0, 1).withFlags(BPF_F_MMAPABLE).offering(NONE);
            case STRUCT_OPS, UNSPEC -> throw new IllegalArgumentException(type + " is not made from sizes");
        };
    }

    private static MapKind plain(MapType type, int flags, Set<Operation> operations) {
        return sized(type, 4, 8, ENTRIES).withFlags(flags).offering(operations);
    }

    private static MapKind sized(MapType type, int keySize, int valueSize, int entries) {
        MapSpec spec = MapSpec.of("contract", type, keySize, valueSize, entries);
        return new MapKind(
                spec,
                REMOVED,
                Shows.VALUE,
                n -> keySize == 0 ? new byte[0] : buffer(keySize).putInt(n).array(),
                n -> valueSize == 0
                        ? new byte[0]
                        : buffer(valueSize).putInt(n + 100).array());
    }

    private static MapKind holding(MapType type, int valueSize, FileDescriptor held) {
        return sized(type, 4, valueSize, ENTRIES)
                .withValues(n -> buffer(valueSize).putInt(held.number()).array());
    }

    /** One object's storage: the entries of all numbers are the same. */
    private static MapKind storage(MapType type, FileDescriptor owner) {
        return sized(type, 4, 4, 0)
                .withFlags(BPF_F_NO_PREALLOC)
                .withKeys(n -> word(owner.number()))
                .offering(EnumSet.of(UPDATE, LOOKUP, DELETE));
    }

    private MapKind perCpu() {
        int cpus = PossibleCpus.count();
        return withValues(n -> {
            ByteBuffer values = buffer(8 * cpus);
            for (int cpu = 0; cpu < cpus; cpu++) {
                values.putLong(1000L * n + cpu);
            }
            return values.array();
        });
    }

    private MapKind with(Function<MapSpec, MapSpec> change) {
        return new MapKind(change.apply(spec), operations, shows, key, value);
    }

    private MapKind withFlags(int flags) {
        return with(old -> old.withFlags(flags));
    }

    private MapKind withInner(MapSpec template) {
        return with(old -> old.withInner(template));
    }

    private MapKind withKeys(IntFunction<byte[]> keys) {
        return new MapKind(spec, operations, shows, keys, value);
    }

    private MapKind withValues(IntFunction<byte[]> values) {
        return new MapKind(spec, operations, shows, key, values);
    }

    private MapKind offering(Set<Operation> offered) {
        return new MapKind(spec, offered, shows, key, value);
    }

    private MapKind showing(Shows shown) {
        return new MapKind(spec, operations, shown, key, value);
    }

    static byte[] word(int value) {
        return buffer(Integer.BYTES).putInt(value).array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
