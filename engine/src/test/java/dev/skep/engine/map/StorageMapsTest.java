package dev.skep.engine.map;

import static dev.skep.engine.map.LiveMaps.asLong;
import static dev.skep.engine.map.LiveMaps.u32;
import static dev.skep.engine.map.LiveMaps.u64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Storages of objects, cgroups and stacks, and arenas. */
class StorageMapsTest {
    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    private ObjectStorageMap storage() {
        return (ObjectStorageMap) live.create(MapType.TASK_STORAGE, 4, 8, 0, MapFlags.NO_PREALLOC);
    }

    @Test
    void aStorageIsMadeOnDemandAndBelongsToItsObject() {
        ObjectStorageMap storage = storage();

        assertThat(storage.storageGet(7, 0, 0, 0)).isZero();
        long value = storage.storageGet(7, live.value(70), ObjectStorageMap.CREATE, 0);
        assertThat(live.sandbox.getLong(value)).isEqualTo(70);
        assertThat(storage.storageGet(7, live.value(71), ObjectStorageMap.CREATE, 1))
                .isEqualTo(value);
        assertThat(storage.storageGet(8, 0, ObjectStorageMap.CREATE, 0)).isNotEqualTo(value);
        assertThat(asLong(storage.lookup(u32(7)).orElseThrow())).isEqualTo(70);
        assertThat(asLong(storage.lookup(u32(8)).orElseThrow())).isZero();
        assertThat(storage.storageGet(7, 0, 2, 0)).as("unknown flags").isZero();
    }

    @Test
    void aStorageGoesWithItsObject() {
        ObjectStorageMap storage = storage();
        storage.update(u32(7), u64(1));
        storage.update(u32(8), u64(2));

        storage.forget(7);

        assertThat(storage.storageGet(7, 0, 0, 0)).isZero();
        assertThat(storage.storageDelete(8, 0)).isZero();
        assertThat(storage.storageDelete(8, 0)).isEqualTo(Errno.ENOENT.negated());
    }

    @Test
    void manyObjectsComeAndGo() {
        ObjectStorageMap storage = storage();
        for (long object = 0; object < 100_000; object++) {
            long value = storage.storageGet(object << 32, 0, ObjectStorageMap.CREATE, 0);
            assertThat(live.sandbox.getLong(value))
                    .as("a used element starts from zero")
                    .isZero();
            live.sandbox.putLong(value, object + 1);
            if (object % 2 == 0) {
                storage.storageDelete(object << 32, 0);
            }
        }
        assertThat(storage.storageGet(3L << 32, 0, 0, 0)).isNotZero();
    }

    private static byte[] cgroupKey(long cgroup, int attachType) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(cgroup)
                .putInt(attachType)
                .array();
    }

    @Test
    void aCgroupsStorageComesWithTheAttachment() {
        CgroupStorageMap storage = (CgroupStorageMap) live.create(MapType.CGROUP_STORAGE, 16, 8, 0);
        long value = storage.localStorage(5, 1, 0);
        live.sandbox.putLong(value, 50);
        storage.localStorage(6, 1, 0);

        assertThat(storage.localStorage(5, 1, 1)).isEqualTo(value);
        assertThat(asLong(storage.lookup(cgroupKey(5, 1)).orElseThrow())).isEqualTo(50);
        assertThat(storage.lookup(cgroupKey(5, 2))).isEmpty();
        byte[] newest = storage.nextKey(Optional.empty()).orElseThrow();
        assertThat(newest).isEqualTo(cgroupKey(6, 1));
        assertThat(storage.nextKey(Optional.of(newest)))
                .hasValueSatisfying(key -> assertThat(key).isEqualTo(cgroupKey(5, 1)));
        assertThat(storage.nextKey(Optional.of(cgroupKey(5, 1)))).isEmpty();
    }

    @Test
    void equalStacksHaveOneNumber() {
        StackTraceMap stacks = (StackTraceMap) live.create(MapType.STACK_TRACE, 4, 32, 64);
        live.sandbox.write(u64(1, 2, 3), 0, live.value, 24);
        long id = stacks.stackId(live.value, 3, 0);

        assertThat(id).isBetween(0L, 63L);
        assertThat(stacks.stackId(live.value, 3, 0)).isEqualTo(id);
        assertThat(stacks.lookup(u32((int) id)))
                .hasValueSatisfying(v -> assertThat(v).isEqualTo(u64(1, 2, 3, 0)));
        assertThat(stacks.stackId(live.value, 3, 1 << 20)).isEqualTo(Errno.EINVAL.negated());
    }

    @Test
    void stacksThatCollideAreRefusedOrReplaced() {
        StackTraceMap stacks = (StackTraceMap) live.create(MapType.STACK_TRACE, 4, 32, 1);
        live.sandbox.write(u64(1), 0, live.value, 8);
        assertThat(stacks.stackId(live.value, 1, 0)).isZero();
        live.sandbox.write(u64(2), 0, live.value, 8);

        assertThat(stacks.stackId(live.value, 1, 0)).isEqualTo(Errno.EEXIST.negated());
        assertThat(stacks.stackId(live.value, 1, StackTraceMap.REUSE)).isZero();
        assertThat(stacks.lookup(u32(0)))
                .hasValueSatisfying(v -> assertThat(asLong(v)).isEqualTo(2));
        assertThat(stacks.delete(u32(0))).isTrue();
        assertThat(stacks.nextKey(Optional.empty())).isEmpty();
    }

    @Test
    void anArenaHandsOutPages() {
        ArenaMap arena = (ArenaMap) live.create(MapType.ARENA, 0, 0, 4, MapFlags.MMAPABLE);
        long first = arena.allocatePages(0, 2);
        long second = arena.allocatePages(0, 2);

        assertThat(first % ArenaMap.PAGE_SIZE).isZero();
        assertThat(second).isEqualTo(first + 2 * ArenaMap.PAGE_SIZE);
        assertThat(arena.allocatePages(0, 1)).as("it is full").isZero();
        live.sandbox.putLong(first, 5);
        assertThat(asLong(arena.read(0, 8))).isEqualTo(5);

        arena.freePages(first, 1);
        assertThat(live.sandbox.getLong(first)).isZero();
        assertThat(arena.allocatePages(0, 2)).as("only one page is free").isZero();
        assertThat(arena.allocatePages(first + 1, 1)).as("no page starts there").isZero();
        assertThat(arena.allocatePages(first, 1)).isEqualTo(first);
    }

    @Test
    void absurdPageCountsAreRefused() {
        ArenaMap arena = (ArenaMap) live.create(MapType.ARENA, 0, 0, 4, MapFlags.MMAPABLE);

        assertThat(arena.allocatePages(0, Long.MAX_VALUE)).isZero();
        assertThat(arena.allocatePages(0, -1)).isZero();
        arena.freePages(arena.base(), Long.MAX_VALUE);
        arena.freePages(-1, 1);
        assertThat(arena.allocatePages(arena.base() + 3 * ArenaMap.PAGE_SIZE, 2))
                .isZero();
    }
}
