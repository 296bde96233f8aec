package dev.skep.engine.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a program has looked up stays as it was until its run ends, whatever programs on other CPUs, its own later calls and Java
 * threads do to the map meanwhile: no value is torn, none belongs to another key, none changes.
 */
class HeldPointerTest {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1200);
    private static final int KEYS = 48;
    private static final int WORDS = 4;
    private static final int HELD = 8;
    private static final int CHANGES = 300;

    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    /** A thread's room in the sandbox. */
    private final class Program {
        private final EngineMap map;
        private final int cpu;
        private final boolean prefixes;
        private final SplittableRandom random;
        private final long key = live.sandbox.allocate(8, true, "key");
        private final long value = live.sandbox.allocate(8 * WORDS, true, "value");
        private final long[] held = new long[HELD];
        private final byte[][] seen = new byte[HELD][];

        Program(EngineMap map, int cpu) {
            this.map = map;
            this.cpu = cpu;
            this.prefixes = map.spec().type() == MapType.LPM_TRIE;
            this.random = new SplittableRandom(cpu);
        }

        /** For tries 8 addresses, by prefixes of 27 to 32 bits. */
        private long anyKey() {
            int number = random.nextInt(KEYS);
            return prefixes ? prefix(27 + number % 6, number / 6) : number;
        }

        void run() {
            live.maps.runStarts(cpu);
            try {
                for (int i = 0; i < HELD; i++) {
                    live.sandbox.putLong(key, anyKey());
                    held[i] = map.lookupElement(key, cpu);
                    if (held[i] != 0) {
                        seen[i] = live.sandbox.toArray(held[i], 8 * WORDS);
                        assertThat(isWhole(seen[i]))
                                .as("torn: %s", Arrays.toString(seen[i]))
                                .isTrue();
                        assertThat(prefixes || keyIn(seen[i]) == live.sandbox.getLong(key))
                                .isTrue();
                    }
                }
                for (int i = 0; i < CHANGES; i++) {
                    change();
                }
                for (int i = 0; i < HELD; i++) {
                    if (held[i] != 0) {
                        assertThat(live.sandbox.toArray(held[i], 8 * WORDS)).isEqualTo(seen[i]);
                    }
                }
            } finally {
                live.maps.runEnds(cpu);
            }
        }

        private void change() {
            long number = anyKey();
            live.sandbox.putLong(key, number);
            if (random.nextInt(3) == 0) {
                map.deleteElement(key, cpu);
            } else {
                live.sandbox.write(value(number, random.nextLong()), 0, value, 8 * WORDS);
                // No element is free while a run that waits for its processor holds those that were deleted.
                assertThat(map.updateElement(key, value, BpfMap.ANY, cpu))
                        .isIn(0L, (long) Errno.E2BIG.negated(), (long) Errno.ENOMEM.negated());
            }
        }
    }

    /** A trie's key: the length, then the address, whose first byte is the lowest here. */
    private static long prefix(int length, int address) {
        return length | (long) (10 + (address << 24)) << 32;
    }

    private static byte[] value(long key, long number) {
        return LiveMaps.u64(key, number, ~number, key + number);
    }

    private static boolean isWhole(byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long key = words.getLong();
        long number = words.getLong();
        return words.getLong() == ~number && words.getLong() == key + number;
    }

    private static long keyIn(byte[] bytes) {
        return LiveMaps.asLong(bytes);
    }

    /** A Java thread that reads, writes and walks. */
    private static void use(EngineMap map, SplittableRandom random) {
        boolean prefixes = map.spec().type() == MapType.LPM_TRIE;
        int number = random.nextInt(KEYS);
        long key = prefixes ? prefix(27 + number % 6, number / 6) : number;
        byte[] bytes = LiveMaps.u64(key);
        switch (random.nextInt(4)) {
            case 0 -> map.delete(bytes);
            case 1 -> {
                try {
                    map.update(bytes, value(key, random.nextLong()));
                } catch (HostException e) {
                    assertThat(e.errno()).isIn(Errno.E2BIG, Errno.ENOMEM);
                }
            }
            default ->
                assertThat(map.lookup(bytes).map(HeldPointerTest::isWhole).orElse(true))
                        .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HASH", "LRU_HASH", "LPM_TRIE"})
    void whatARunHasFoundStaysAsItWas(MapType type) throws Exception {
        int entries = type == MapType.LRU_HASH ? KEYS / 3 : KEYS;
        int flags = type == MapType.LPM_TRIE ? MapFlags.NO_PREALLOC : 0;
        EngineMap map = live.create(type, 8, 8 * WORDS, entries, flags);
        long end = System.nanoTime() + NANOS;
        List<Runnable> bodies = new ArrayList<>();
        for (int cpu = 0; cpu < LiveMaps.CPUS; cpu++) {
            bodies.add(new Program(map, cpu)::run);
        }
        SplittableRandom random = new SplittableRandom(77);
        bodies.add(() -> use(map, random));
        try (ExecutorService threads = Executors.newFixedThreadPool(bodies.size())) {
            List<Future<Integer>> running = new ArrayList<>();
            for (Runnable body : bodies) {
                running.add(threads.submit(() -> {
                    int rounds = 0;
                    for (; System.nanoTime() < end; rounds++) {
                        body.run();
                    }
                    return rounds;
                }));
            }
            for (Future<Integer> thread : running) {
                assertThat(thread.get()).isGreaterThan(10);
            }
        }
    }

    /** Far more replaced values than the map has entries; when the room for them is used up, the map says so. */
    @ParameterizedTest
    @EnumSource(names = {"HASH", "LRU_HASH", "LPM_TRIE"})
    void aLongRunKeepsItsValuesAndIsToldWhenThereIsNoRoomForMore(MapType type) {
        EngineMap map = live.create(type, 8, 4096, 4, type == MapType.LPM_TRIE ? MapFlags.NO_PREALLOC : 0);
        long key = live.key(32);
        assertThat(map.updateElement(key, live.value(1), BpfMap.ANY, 0)).isZero();
        live.maps.runStarts(0);
        long found = map.lookupElement(key, 0);
        long result = 0;
        int updates = 0;
        for (; result == 0 && updates < 1_000_000; updates++) {
            result = map.updateElement(key, live.value(2 + updates), BpfMap.ANY, 1);
            assertThat(live.sandbox.getLong(found)).isEqualTo(1);
        }
        assertThat(result).isEqualTo(Errno.ENOMEM.negated());
        assertThat(updates).isGreaterThan(1000);
        assertThat(live.sandbox.getLong(map.lookupElement(key, 0))).isEqualTo(updates);
        live.maps.runEnds(0);
        assertThat(map.updateElement(key, live.value(7), BpfMap.ANY, 0)).isZero();
    }

    /** What is kept as a constant finds what the map finds. */
    @Test
    void lookUpsOfEveryKindAgreeWithTheirMaps() {
        for (MapType type :
                List.of(MapType.HASH, MapType.LRU_HASH, MapType.PERCPU_HASH, MapType.PERCPU_ARRAY, MapType.LPM_TRIE)) {
            int keySize = type == MapType.PERCPU_ARRAY ? 4 : 8;
            EngineMap map = live.create(type, keySize, 8, 20, type == MapType.LPM_TRIE ? MapFlags.NO_PREALLOC : 0);
            ElementLookup lookup = map.elementLookup().orElseThrow();
            live.sandbox.putLong(live.key, 0);
            for (int number = 0; number < 30; number += 2) {
                map.updateElement(live.key(number), live.value(number), BpfMap.ANY, 1);
            }
            int found = 0;
            for (int number = 0; number < 40; number++) {
                for (int cpu = 0; cpu < LiveMaps.CPUS; cpu++) {
                    long address = map.lookupElement(live.key(number), cpu);
                    assertThat(lookup.find(live.key, cpu)).isEqualTo(address);
                    found += address != 0 ? 1 : 0;
                }
            }
            assertThat(found).as("%s", type).isPositive();
        }
    }
}
