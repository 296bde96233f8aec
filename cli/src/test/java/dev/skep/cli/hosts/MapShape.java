package dev.skep.cli.hosts;

import dev.skep.linux.machine.PossibleCpus;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A kind of map to compare the hosts by: few keys and small maps, so that operations meet.
 *
 * @param key makes one that may be in the map, or not, or be none at all
 * @param value likewise
 * @param batches the kernel's; where it has none its host goes entry by entry, and the engine refuses (docs/maps.md)
 */
record MapShape(MapSpec spec, Function<Random, byte[]> key, Function<Random, byte[]> value, Batches batches) {
    /** What the kernel does in batches, each with what comes before it. */
    enum Batches {
        NONE,
        READ_AND_UPDATE,
        DELETE,
        TAKE_OUT
    }

    // linux/bpf.h
    private static final int BPF_F_NO_PREALLOC = 1;
    private static final int BPF_F_RDONLY = 1 << 3;
    private static final int BPF_F_WRONLY = 1 << 4;
    private static final int BPF_F_ZERO_SEED = 1 << 6; // so that both iterate in the same order
    private static final int BPF_F_MMAPABLE = 1 << 10;
    private static final int CGROUP_STORAGE_KEY_SIZE = 16; // struct bpf_cgroup_storage_key

    /**
     * Every kind whose keys and values mean the same to both hosts. The others hold objects: in the kernel by descriptors, in the engine
     * by numbers (docs/maps.md).
     */
    static Stream<MapShape> all() {
        return Stream.of(arrays(), hashes(), others()).flatMap(List::stream);
    }

    private static List<MapShape> arrays() {
        return List.of(
                sized(MapType.ARRAY, 4, 8, 4, 0, Batches.READ_AND_UPDATE),
                sized(MapType.ARRAY, 4, 3, 1, 0, Batches.READ_AND_UPDATE),
                sized(MapType.ARRAY, 4, 4, 3, BPF_F_RDONLY, Batches.READ_AND_UPDATE),
                sized(MapType.ARRAY, 4, 4, 3, BPF_F_WRONLY, Batches.READ_AND_UPDATE),
                sized(MapType.ARRAY, 4, 12, 5, BPF_F_MMAPABLE, Batches.READ_AND_UPDATE),
                perCpu(MapType.PERCPU_ARRAY, 4, 12, 3, 0, Batches.READ_AND_UPDATE));
    }

    private static List<MapShape> hashes() {
        return List.of(
                sized(MapType.HASH, 4, 8, 4, BPF_F_ZERO_SEED, Batches.TAKE_OUT),
                sized(MapType.HASH, 7, 1, 30, BPF_F_ZERO_SEED | BPF_F_NO_PREALLOC, Batches.TAKE_OUT),
                sized(MapType.HASH, 40, 33, 6, BPF_F_ZERO_SEED, Batches.TAKE_OUT),
                perCpu(MapType.PERCPU_HASH, 4, 8, 5, BPF_F_ZERO_SEED, Batches.TAKE_OUT),
                perCpu(MapType.PERCPU_HASH, 8, 5, 5, BPF_F_ZERO_SEED | BPF_F_NO_PREALLOC, Batches.TAKE_OUT),
                // Room for all keys there are: when to evict is where the hosts differ (docs/maps.md).
                sized(MapType.LRU_HASH, 4, 8, 1000, BPF_F_ZERO_SEED, Batches.TAKE_OUT),
                perCpu(MapType.LRU_PERCPU_HASH, 4, 8, 1000, BPF_F_ZERO_SEED, Batches.TAKE_OUT));
    }

    private static List<MapShape> others() {
        return List.of(
                prefixes(4, 8),
                prefixes(16, 4),
                sized(MapType.QUEUE, 0, 8, 3, 0, Batches.NONE),
                sized(MapType.STACK, 0, 5, 3, 0, Batches.NONE),
                membership(4, 20),
                sized(MapType.STACK_TRACE, 4, 8, 4, 0, Batches.NONE),
                sized(MapType.PERF_EVENT_ARRAY, 4, 4, 2, 0, Batches.NONE).storing(_ -> word(-1)),
                sized(MapType.CGROUP_ARRAY, 4, 4, 3, 0, Batches.NONE).storing(_ -> word(-1)),
                sized(MapType.DEVMAP, 4, 4, 3, 0, Batches.NONE).storing(_ -> word(1)), // the loopback interface
                sized(MapType.DEVMAP_HASH, 4, 4, 3, 0, Batches.NONE).storing(_ -> word(1)),
                sized(MapType.CPUMAP, 4, 4, 1, 0, Batches.NONE).storing(random -> word(random.nextInt(1, 100))),
                sized(MapType.XSKMAP, 4, 4, 3, 0, Batches.NONE).storing(_ -> word(-1)),
                sized(MapType.CGROUP_STORAGE, CGROUP_STORAGE_KEY_SIZE, 8, 0, 0, Batches.NONE),
                sized(MapType.RINGBUF, 0, 0, 4096, 0, Batches.NONE),
                sized(MapType.USER_RINGBUF, 0, 0, 4096, 0, Batches.NONE),
                sized(MapType.ARENA, 0, 0, 2, BPF_F_MMAPABLE, Batches.NONE));
    }

    private static MapShape sized(MapType type, int keySize, int valueSize, int entries, int flags, Batches batches) {
        return new MapShape(
                MapSpec.of("agreement", type, keySize, valueSize, entries).withFlags(flags),
                random -> keySize < Integer.BYTES
                        ? new byte[keySize]
                        : buffer(keySize).putInt(random.nextInt(8)).array(),
                random -> bytes(random, valueSize),
                batches);
    }

    private static MapShape perCpu(MapType type, int keySize, int valueSize, int entries, int flags, Batches batches) {
        int stride = (valueSize + 7) & ~7;
        return sized(type, keySize, valueSize, entries, flags, batches).storing(random -> {
            ByteBuffer all = buffer(stride * PossibleCpus.count());
            for (int cpu = 0; cpu < PossibleCpus.count(); cpu++) {
                all.put(cpu * stride, bytes(random, valueSize)); // zeros between the values
            }
            return all.array();
        });
    }

    /** @param data bytes of a prefix */
    private static MapShape prefixes(int data, int valueSize) {
        MapShape shape = sized(MapType.LPM_TRIE, 4 + data, valueSize, 8, BPF_F_NO_PREALLOC, Batches.DELETE);
        return new MapShape(
                shape.spec,
                random -> buffer(4 + data)
                        .putInt(random.nextInt(data * Byte.SIZE + 2)) // one bit too many, now and then
                        .put((byte) (random.nextInt(4) << 6))
                        .array(),
                shape.value,
                shape.batches);
    }

    private static MapShape membership(int valueSize, int entries) {
        MapShape shape = sized(MapType.BLOOM_FILTER, 0, valueSize, entries, BPF_F_ZERO_SEED, Batches.NONE);
        return shape.storing(random -> word(random.nextInt(60)));
    }

    private MapShape storing(Function<Random, byte[]> values) {
        return new MapShape(spec, key, values, batches);
    }

    /** Not so an arena: the kernel's host has mapped it for writing (docs/maps.md). */
    boolean freezes() {
        return spec.type() != MapType.ARENA;
    }

    private static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] word(int value) {
        return buffer(Integer.BYTES).putInt(value).array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String toString() {
        return spec.type() + " " + spec.keySize() + "/" + spec.valueSize() + "/" + spec.maxEntries() + " 0x"
                + Integer.toHexString(spec.flags());
    }
}
