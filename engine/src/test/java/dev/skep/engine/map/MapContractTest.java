package dev.skep.engine.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What holds for every kind of map. */
class MapContractTest {
    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    /** A small valid map of each kind. */
    private static MapSpec specOf(MapType type) {
        MapSpec inner = MapSpec.of("inner", MapType.ARRAY, 4, 8, 1);
        return switch (type) {
            case UNSPEC -> throw new IllegalArgumentException("no kind");
            case ARRAY, HASH, PERCPU_HASH, PERCPU_ARRAY, LRU_HASH, LRU_PERCPU_HASH, STACK_TRACE, STRUCT_OPS ->
                MapSpec.of("m", type, 4, 8, 1);
            case PROG_ARRAY,
                    PERF_EVENT_ARRAY,
                    CGROUP_ARRAY,
                    DEVMAP,
                    SOCKMAP,
                    CPUMAP,
                    XSKMAP,
                    SOCKHASH,
                    REUSEPORT_SOCKARRAY,
                    DEVMAP_HASH -> MapSpec.of("m", type, 4, 4, 1);
            case ARRAY_OF_MAPS, HASH_OF_MAPS -> MapSpec.of("m", type, 4, 4, 1).withInner(inner);
            case LPM_TRIE -> MapSpec.of("m", type, 8, 8, 4).withFlags(MapFlags.NO_PREALLOC);
            case QUEUE, STACK, BLOOM_FILTER -> MapSpec.of("m", type, 0, 8, 4);
            case RINGBUF, USER_RINGBUF -> MapSpec.of("m", type, 0, 0, 4096);
            case CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> MapSpec.of("m", type, 16, 8, 0);
            case SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE ->
                MapSpec.of("m", type, 4, 8, 0).withFlags(MapFlags.NO_PREALLOC);
            case ARENA -> MapSpec.of("m", type, 0, 0, 4).withFlags(MapFlags.MMAPABLE);
        };
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNSPEC")
    void aMapIsFoundByItsHandleAndItsNumberUntilItIsClosed(MapType type) {
        EngineMap map = live.maps.create(specOf(type));

        assertThat(live.maps.withHandle(map.handle())).containsSame(map);
        assertThat(live.maps.withId(map.id())).containsSame(map);
        assertThat(live.maps.withHandle(map.handle() + 8)).isEmpty();

        map.close();

        assertThat(live.maps.withId(map.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNSPEC")
    void programsReadTheMapsShapeThroughItsHandle(MapType type) {
        MapSpec spec = specOf(type);
        EngineMap map = live.maps.create(spec);

        assertThat(live.sandbox.getInt(map.handle())).isEqualTo(type.number());
        assertThat(live.sandbox.getInt(map.handle() + 4)).isEqualTo(spec.keySize());
        assertThat(live.sandbox.getInt(map.handle() + 8)).isEqualTo(spec.valueSize());
        assertThat(live.sandbox.getInt(map.handle() + 12)).isEqualTo(spec.maxEntries());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNSPEC")
    void aKeyOfTheWrongLengthIsRefused(MapType type) {
        EngineMap map = live.maps.create(specOf(type));

        assertThatThrownBy(() -> map.lookup(new byte[99]))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                .hasMessageContaining("99 bytes");
        assertThatThrownBy(() -> map.update(new byte[99], new byte[0], 0)).isInstanceOf(HostException.class);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNSPEC")
    void aClosedMapRefusesTheUserAndMayBeClosedAgain(MapType type) {
        EngineMap map = live.maps.create(specOf(type));
        map.close();
        map.close();

        assertThatThrownBy(() -> map.nextKey(Optional.empty()))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNSPEC")
    void closingGivesAllMemoryBack(MapType type) {
        EngineMap first = live.maps.create(specOf(type));
        long handle = first.handle();
        use(first);
        first.close();

        EngineMap second = live.maps.create(specOf(type));

        assertThat(second.handle()).isEqualTo(handle);
        use(second);
        second.close();
        assertThat(live.maps.create(specOf(type)).handle()).isEqualTo(handle);
    }

    /** Touches the parts a map allocates when they are first needed. */
    private void use(EngineMap map) {
        byte[] key = new byte[map.spec().keySize()];
        try {
            map.update(key, new byte[map.userValueSize()], 0);
        } catch (HostException e) {
            assertThat(e.errno()).isNotEqualTo(Errno.ENOMEM);
        }
        map.forEachElement(0, (k, v) -> 0);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNSPEC")
    void aFrozenMapTakesNoMoreWrites(MapType type) {
        EngineMap map = live.maps.create(specOf(type));
        map.freeze();

        assertThat(map.isFrozen()).isTrue();
        assertThatThrownBy(() -> map.delete(new byte[map.spec().keySize()]))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM))
                .hasMessageContaining("frozen");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNSPEC")
    void programsMayNotWriteToAMapTheyMayOnlyRead(MapType type) {
        MapSpec spec = specOf(type);
        EngineMap map;
        try {
            map = live.maps.create(spec.withFlags(spec.flags() | MapFlags.RDONLY_PROG));
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("BPF_F_RDONLY_PROG");
            return;
        }

        assertThat(map.updateElement(live.key, live.value, 0, 0)).isEqualTo(Errno.EACCES.negated());
        assertThat(map.deleteElement(live.key, 0)).isEqualTo(Errno.EACCES.negated());
        assertThat(map.pushElement(live.value, 0)).isEqualTo(Errno.EACCES.negated());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNSPEC")
    void anAbsurdSizeIsRefusedInOneLineOrCostsNothing(MapType type) {
        MapSpec spec = specOf(type);
        for (int entries : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            try {
                live.maps.create(spec.withMaxEntries(entries)).close();
            } catch (InputException | HostException e) {
                assertThat(e.getMessage()).contains("map m").doesNotContain("\n");
            }
        }
        assertThat(live.maps.create(spec).handle()).isPositive();
    }
}
