package dev.skep.engine.map;

import static dev.skep.engine.map.LiveMaps.asInt;
import static dev.skep.engine.map.LiveMaps.asLong;
import static dev.skep.engine.map.LiveMaps.u32;
import static dev.skep.engine.map.LiveMaps.u64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.Bytes;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What programs see of maps, as far as bpf(2) cannot show it. */
class ProgramSideTest {
    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aWriteThroughAnArraysPointerIsSeenByTheUser() {
        EngineMap map = live.create(MapType.ARRAY, 4, 8, 2);
        long pointer = map.lookupElement(live.key(1), 0);

        live.sandbox.putLong(pointer, 77);

        assertThat(asLong(map.lookup(u32(1)).orElseThrow())).isEqualTo(77);
        assertThat(map.lookupElement(live.key(2), 0)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PERCPU_ARRAY", "PERCPU_HASH", "LRU_PERCPU_HASH"})
    void aProgramSeesAndChangesTheValueOfItsCpu(MapType type) {
        EngineMap map = live.create(type, 4, 8, 2);
        map.updateElement(live.key(1), live.value(10), BpfMap.ANY, 0);
        map.updateElement(live.key(1), live.value(11), BpfMap.ANY, 1);

        assertThat(live.sandbox.getLong(map.lookupElement(live.key(1), 0))).isEqualTo(10);
        assertThat(live.sandbox.getLong(map.lookupElement(live.key(1), 1))).isEqualTo(11);
        assertThat(live.sandbox.getLong(map.lookupPerCpuElement(live.key(1), 1)))
                .isEqualTo(11);
        assertThat(map.lookupPerCpuElement(live.key(1), LiveMaps.CPUS)).isZero();
        assertThat(map.lookup(u32(1))).hasValueSatisfying(v -> assertThat(v).isEqualTo(u64(10, 11)));
    }

    @Test
    void aNewPerCpuEntryIsZeroOnTheOtherCpusEvenIfItsElementWasUsedBefore() {
        EngineMap map = live.create(MapType.PERCPU_HASH, 4, 8, 1);
        for (int round = 0; round < 50; round++) {
            map.update(u32(round), u64(5, 6));
            map.delete(u32(round));
        }

        map.updateElement(live.key(99), live.value(7), BpfMap.ANY, 1);

        assertThat(map.lookup(u32(99))).hasValueSatisfying(v -> assertThat(v).isEqualTo(u64(0, 7)));
    }

    @Test
    void aHashsOldValueStaysReadableToTheRunThatFoundIt() {
        EngineMap map = live.create(MapType.HASH, 4, 8, 4);
        map.update(u32(1), u64(10));
        live.maps.runStarts(0);
        long pointer = map.lookupElement(live.key(1), 0);
        for (int i = 0; i < 100; i++) {
            map.update(u32(1), u64(1000 + i));
        }

        assertThat(live.sandbox.getLong(pointer)).isEqualTo(10);
        live.maps.runEnds(0);
        for (int i = 0; i < 100; i++) {
            map.update(u32(1), u64(2000 + i));
        }
        assertThat(live.sandbox.getLong(pointer)).as("used again after the run").isNotEqualTo(10);
    }

    @Test
    void aMillionDeletionsInOneRunDoNotExhaustTheMap() {
        EngineMap map = live.create(MapType.HASH, 4, 8, 1);
        live.maps.runStarts(0);
        for (int i = 0; i < 100_000; i++) {
            assertThat(map.updateElement(live.key(i), live.value(i), BpfMap.NOEXIST, 0))
                    .isZero();
            assertThat(map.deleteElement(live.key(i), 0)).isZero();
        }
        live.maps.runEnds(0);
        assertThat(map.nextKey(Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "HASH", "PERCPU_ARRAY", "PERCPU_HASH", "LRU_HASH", "LRU_PERCPU_HASH"})
    void aWalkShowsEveryElementAndMayEndEarly(MapType type) {
        EngineMap map = live.create(type, 4, 8, 5);
        for (int key = 0; key < 5; key++) {
            map.updateElement(live.key(key), live.value(key * 10L), BpfMap.ANY, 1);
        }
        List<Integer> keys = new ArrayList<>();

        long visited = map.forEachElement(1, (key, value) -> {
            int number = live.sandbox.getInt(key);
            assertThat(live.sandbox.getLong(value)).isEqualTo(number * 10L);
            keys.add(number);
            return 0;
        });

        assertThat(visited).isEqualTo(5);
        assertThat(keys).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(map.forEachElement(1, (key, value) -> 1)).isEqualTo(1);
    }

    @Test
    void aWalkerMayDeleteWhatItSeesAndWalkInsideTheWalk() {
        EngineMap map = live.create(MapType.HASH, 4, 8, 20);
        for (int key = 0; key < 20; key++) {
            map.update(u32(key), u64(key));
        }

        long visited = map.forEachElement(0, (key, value) -> {
            int number = live.sandbox.getInt(key);
            map.forEachElement(0, (k, v) -> 0);
            assertThat(live.sandbox.getInt(key))
                    .as("the outer key is still there")
                    .isEqualTo(number);
            return map.deleteElement(key, 0);
        });

        assertThat(visited).isEqualTo(20);
        assertThat(map.nextKey(Optional.empty())).isEmpty();
    }

    @Test
    void kindsWithoutAWalkSaySo() {
        EngineMap queue = live.create(MapType.QUEUE, 0, 8, 2);

        assertThat(queue.forEachElement(0, (key, value) -> 0)).isEqualTo(Errno.EINVAL.negated());
        assertThat(queue.lookupElement(live.key(0), 0)).isZero();
    }

    @Test
    void globalsStartWithTheirContentsAndReadOnlyOnesStaySo() {
        EngineMap map = live.maps.create(globals(MapSpec.Role.RODATA, MapFlags.RDONLY_PROG));

        assertThat(live.sandbox.getInt(map.directValue(4))).isEqualTo(0x08070605);
        assertThat(live.sandbox.regionAt(map.directValue(0)))
                .hasValueSatisfying(region -> assertThat(region.writable()).isFalse());
        assertThatThrownBy(() -> map.update(u32(0), new byte[8]))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
        assertThatThrownBy(() -> map.directValue(8)).isInstanceOf(HostException.class);
    }

    @Test
    void changeableGlobalsAreChangedFromBothSides() {
        EngineMap map = live.maps.create(globals(MapSpec.Role.DATA, MapFlags.MMAPABLE));
        live.sandbox.putInt(map.directValue(0), 9);

        assertThat(asInt(map.lookup(u32(0)).orElseThrow())).isEqualTo(9);
        map.update(u32(0), u64(11));
        assertThat(live.sandbox.getLong(map.directValue(0))).isEqualTo(11);
    }

    private static MapSpec globals(MapSpec.Role role, int flags) {
        return new MapSpec(
                ".globals",
                role,
                MapType.ARRAY,
                4,
                8,
                1,
                flags,
                0,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                0,
                0,
                Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
                List.of(),
                0);
    }

    @Test
    void onlyAnArrayWithASingleEntryHasADirectValue() {
        assertThatThrownBy(() -> live.create(MapType.ARRAY, 4, 8, 2).directValue(0))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTSUPP));
    }
}
