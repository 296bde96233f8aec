package dev.skep.linux.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.machine.PossibleCpus;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.BpfMap.Batch;
import dev.skep.object.host.BpfMap.BatchResult;
import dev.skep.object.host.BpfMap.Entry;
import dev.skep.object.host.Codec;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.host.TypedMap;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.testkit.NeedsBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of map with keys and plain values does, whether by key, by bucket, by index or by prefix. */
@NeedsBpf
class KeyedMapTest {
    private static final int BPF_F_NO_PREALLOC = 1;
    private static final int ENTRIES = 40;

    /**
     * A kind of map as the tests need it.
     *
     * @param array keys are indexes: always there, never removed
     */
    record Kind(MapType type, int keySize, int valueSize, int flags, boolean array) {
        LinuxMap create() {
            return NewMaps.create(
                    MapSpec.of("contract", type, keySize, valueSize, ENTRIES).withFlags(flags));
        }

        boolean perCpu() {
            return MapFailure.isPerCpu(type);
        }

        byte[] key(int number) {
            ByteBuffer key = ByteBuffer.allocate(keySize).order(ByteOrder.LITTLE_ENDIAN);
            if (type == MapType.LPM_TRIE) {
                key.putInt(32).order(ByteOrder.BIG_ENDIAN);
            }
            return key.putInt(number).array();
        }

        byte[] value(int number) {
            int cpus = perCpu() ? PossibleCpus.count() : 1;
            int stride = perCpu() ? (valueSize + 7) & ~7 : valueSize;
            ByteBuffer value = ByteBuffer.allocate(cpus * stride).order(ByteOrder.LITTLE_ENDIAN);
            for (int cpu = 0; cpu < cpus; cpu++) {
                value.putInt(cpu * stride, number * 1000 + cpu);
            }
            return value.array();
        }

        @Override
        public String toString() {
            return type.name();
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind(MapType.HASH, 4, 12, 0, false),
                new Kind(MapType.HASH, 20, 4, BPF_F_NO_PREALLOC, false),
                new Kind(MapType.ARRAY, 4, 12, 0, true),
                new Kind(MapType.PERCPU_HASH, 4, 12, 0, false),
                new Kind(MapType.PERCPU_ARRAY, 4, 12, 0, true),
                new Kind(MapType.LRU_HASH, 4, 12, 0, false),
                new Kind(MapType.LRU_PERCPU_HASH, 4, 12, 0, false),
                new Kind(MapType.LPM_TRIE, 8, 12, BPF_F_NO_PREALLOC, false));
    }

    private static int entries(Kind kind) {
        return kind.type().name().startsWith("LRU") ? ENTRIES / 4 : ENTRIES; // LRU maps may evict before they are full
    }

    private static void fill(Kind kind, LinuxMap map) {
        for (int i = 0; i < entries(kind); i++) {
            map.update(kind.key(i), kind.value(i));
        }
    }

    private static Set<String> keys(List<Entry> entries) {
        Set<String> keys = new TreeSet<>();
        for (Entry entry : entries) {
            assertThat(keys.add(HexFormat.of().formatHex(entry.key())))
                    .as("shown once")
                    .isTrue();
        }
        return keys;
    }

    private static void assertAll(Kind kind, List<Entry> entries) {
        assertThat(keys(entries)).hasSize(entries(kind) + (kind.array() ? ENTRIES - entries(kind) : 0));
        for (Entry entry : entries) {
            int number = ByteBuffer.wrap(entry.key())
                    .order(kind.type() == MapType.LPM_TRIE ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                    .getInt(kind.type() == MapType.LPM_TRIE ? 4 : 0);
            assertThat(entry.value()).isEqualTo(kind.value(number));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsStoredIsFound(Kind kind) {
        try (LinuxMap map = kind.create()) {
            assertThat(map.lookup(kind.key(1)).isPresent()).isEqualTo(kind.array());
            map.update(kind.key(1), kind.value(7));
            assertThat(map.lookup(kind.key(1)))
                    .hasValueSatisfying(value -> assertThat(value).isEqualTo(kind.value(7)));
            map.update(kind.key(1), kind.value(8), BpfMap.EXIST);
            assertThat(map.lookup(kind.key(1)))
                    .hasValueSatisfying(value -> assertThat(value).isEqualTo(kind.value(8)));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusalsSayWhatWasWrong(Kind kind) {
        try (LinuxMap map = kind.create()) {
            map.update(kind.key(1), kind.value(1));
            String key = "0x" + HexFormat.of().formatHex(kind.key(1), 0, Math.min(16, kind.keySize()));
            assertThatThrownBy(() -> map.update(kind.key(1), kind.value(2), BpfMap.NOEXIST))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
                    .hasMessageContainingAll("contract (" + kind.type(), key);
            assertThatThrownBy(() -> map.update(new byte[1], kind.value(1)))
                    .hasMessageContaining("keys of " + kind.keySize() + " bytes, not of 1");
            assertThatThrownBy(() -> map.update(kind.key(1), new byte[3])).hasMessageContaining("bytes, not of 3");
            assertThatThrownBy(() -> map.lookup(kind.key(1), 1L << 40))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
            if (kind.array()) {
                assertThatThrownBy(() -> map.delete(kind.key(1)))
                        .hasMessageContaining("entries of an array cannot be deleted");
                assertThatThrownBy(() -> map.update(kind.key(ENTRIES), kind.value(1)))
                        .hasMessageContaining("indexes go from 0 to " + (ENTRIES - 1));
            } else {
                assertThatThrownBy(() -> map.update(kind.key(2), kind.value(1), BpfMap.EXIST))
                        .isInstanceOfSatisfying(
                                HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFullMapSaysSo(Kind kind) {
        if (kind.array() || kind.type().name().startsWith("LRU")) {
            return; // the one is always full, the other never
        }
        try (LinuxMap map = kind.create()) {
            fill(kind, map);
            assertThatThrownBy(() -> map.update(kind.key(ENTRIES), kind.value(1)))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("full: " + ENTRIES + " of max_entries " + ENTRIES);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsDeletedIsGone(Kind kind) {
        if (kind.array()) {
            return; // refusalsSayWhatWasWrong shows that these refuse
        }
        try (LinuxMap map = kind.create()) {
            map.update(kind.key(1), kind.value(1));
            assertThat(map.delete(kind.key(1))).isTrue();
            assertThat(map.delete(kind.key(1))).isFalse();
            assertThat(map.lookup(kind.key(1))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void takingOutReturnsAndRemoves(Kind kind) {
        try (LinuxMap map = kind.create()) {
            map.update(kind.key(1), kind.value(5));
            if (kind.array() || kind.type() == MapType.LPM_TRIE) {
                assertThatThrownBy(() -> map.lookupAndDelete(kind.key(1))).hasMessageContaining("no such operation");
            } else {
                assertThat(map.lookupAndDelete(kind.key(1)))
                        .hasValueSatisfying(value -> assertThat(value).isEqualTo(kind.value(5)));
                assertThat(map.lookupAndDelete(kind.key(1))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aWalkShowsEveryEntryOnce(Kind kind) {
        try (LinuxMap map = kind.create()) {
            fill(kind, map);
            if (!kind.array()) {
                assertAll(kind, map.entries());
            } else {
                assertThat(keys(map.entries())).hasSize(ENTRIES);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aWalkThatRemovesWhatItSeesEnds(Kind kind) {
        if (kind.array()) {
            return; // nothing can be removed
        }
        try (LinuxMap map = kind.create()) {
            fill(kind, map);
            List<Entry> seen = new ArrayList<>();
            map.forEach((key, value) -> {
                seen.add(new Entry(key, value));
                map.delete(key);
            });
            assertAll(kind, seen);
            assertThat(map.entries()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nextKeyComesToAnEnd(Kind kind) {
        try (LinuxMap map = kind.create()) {
            fill(kind, map);
            Set<String> keys = new TreeSet<>();
            Optional<byte[]> at = map.nextKey(Optional.empty());
            while (at.isPresent()) {
                assertThat(keys.add(HexFormat.of().formatHex(at.get()))).isTrue();
                at = map.nextKey(at);
            }
            assertThat(keys).hasSize(kind.array() ? ENTRIES : entries(kind));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void batchesReadAllThatWasStoredInBatches(Kind kind) {
        try (LinuxMap map = kind.create()) {
            List<Entry> stored = IntStream.range(0, entries(kind))
                    .mapToObj(i -> new Entry(kind.key(i), kind.value(i)))
                    .toList();
            assertThat(map.updateBatch(stored, 0)).isEqualTo(new BatchResult(stored.size(), Optional.empty()));
            List<Entry> read = new ArrayList<>();
            Optional<byte[]> cursor = Optional.empty();
            do {
                Batch batch = map.lookupBatch(cursor, 16);
                read.addAll(batch.entries());
                cursor = batch.next();
            } while (cursor.isPresent());
            if (kind.array()) {
                assertThat(keys(read)).hasSize(ENTRIES);
            } else {
                assertAll(kind, read);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void batchesRemoveAndTakeOut(Kind kind) {
        if (kind.array()) {
            return; // nothing can be removed
        }
        try (LinuxMap map = kind.create()) {
            fill(kind, map);
            assertThat(map.deleteBatch(List.of(kind.key(0), kind.key(1), kind.key(1), kind.key(2))))
                    .isEqualTo(new BatchResult(2, Optional.of(Errno.ENOENT)));
            if (kind.type() == MapType.LPM_TRIE) {
                return; // entries of tries cannot be taken out
            }
            List<Entry> taken = new ArrayList<>();
            Optional<byte[]> cursor = Optional.empty();
            do {
                Batch batch = map.lookupAndDeleteBatch(cursor, 16);
                taken.addAll(batch.entries());
                cursor = batch.next();
            } while (cursor.isPresent());
            assertThat(keys(taken)).hasSize(entries(kind) - 2);
            assertThat(map.entries()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void batchesStopAtWhatIsRefused(Kind kind) {
        if (kind.array() || kind.type().name().startsWith("LRU")) {
            return; // cannot be overfilled
        }
        try (LinuxMap map = kind.create()) {
            List<Entry> tooMany = IntStream.range(0, ENTRIES + 5)
                    .mapToObj(i -> new Entry(kind.key(i), kind.value(i)))
                    .toList();
            BatchResult result = map.updateBatch(tooMany, 0);
            assertThat(result.done()).isEqualTo(ENTRIES);
            assertThat(result.refusal())
                    .hasValueSatisfying(errno -> assertThat(errno).isIn(Errno.E2BIG, Errno.ENOSPC));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFrozenMapRefusesWritesAndSaysWhy(Kind kind) {
        try (LinuxMap map = kind.create()) {
            map.update(kind.key(1), kind.value(1));
            map.freeze();
            assertThat(map.lookup(kind.key(1))).isPresent();
            assertThatThrownBy(() -> map.update(kind.key(1), kind.value(2)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM))
                    .hasMessageContaining("frozen");
            assertThatThrownBy(map::freeze).hasMessageContaining("frozen already");
        }
    }

    @Test
    void typedValuesOfPerCpuMapsAreLists() {
        try (LinuxMap map = NewMaps.create(MapType.PERCPU_ARRAY, 4, 4, 2)) {
            TypedMap<Integer, List<Integer>> typed =
                    TypedMap.of(map, Codec.I32, Codec.perCpu(Codec.I32, PossibleCpus.count()));
            List<Integer> values = IntStream.range(0, PossibleCpus.count())
                    .map(i -> i + 5)
                    .boxed()
                    .toList();
            typed.put(1, values);
            assertThat(typed.get(1)).contains(values);
            assertThat(map.lookup(new byte[] {1, 0, 0, 0}).orElseThrow()).hasSize(8 * PossibleCpus.count());
        }
    }

    @Test
    void aReadOnlyDescriptorSaysSo() {
        int rdonly = 1 << 3; // BPF_F_RDONLY
        try (LinuxMap map =
                NewMaps.create(MapSpec.of("readonly", MapType.ARRAY, 4, 4, 1).withFlags(rdonly))) {
            assertThat(map.lookup(new byte[4])).isPresent();
            assertThatThrownBy(() -> map.update(new byte[4], new byte[4]))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM))
                    .hasMessageContaining("BPF_F_RDONLY");
        }
    }

    @Test
    void largeKeysAreShortenedInMessages() {
        try (LinuxMap map = NewMaps.create(MapType.HASH, 64, 4, 1)) {
            byte[] key = new byte[64];
            Arrays.fill(key, (byte) 0xab);
            assertThatThrownBy(() -> map.update(key, new byte[4], BpfMap.EXIST))
                    .hasMessageContaining("key 0x" + "ab".repeat(16) + "...");
        }
    }

    @Test
    void valuesLargerThanAnyPooledBlockAreHandled() {
        try (LinuxMap map = NewMaps.create(MapType.ARRAY, 4, 3 << 20, 1)) {
            byte[] value = new byte[3 << 20];
            Arrays.fill(value, (byte) 7);
            map.update(new byte[4], value);
            assertThat(map.lookup(new byte[4]))
                    .hasValueSatisfying(found -> assertThat(found).isEqualTo(value));
        }
    }
}
