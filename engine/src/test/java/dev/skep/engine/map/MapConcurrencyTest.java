package dev.skep.engine.map;

import static dev.skep.engine.map.LiveMaps.u32;
import static dev.skep.engine.map.LiveMaps.u64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.BpfMap;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Java threads and programs on several CPUs share a map for a while. Every value is one number four times over. */
class MapConcurrencyTest {
    private static final int WORDS = 4;
    private static final int KEYS = 8;
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    /** Runs everything at the same time, over and over, until the time is up; returns how often each ran. */
    private static List<Integer> together(List<Callable<Boolean>> bodies)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + NANOS;
        List<Integer> rounds = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(bodies.size())) {
            List<Future<Integer>> running = new ArrayList<>();
            for (Callable<Boolean> body : bodies) {
                running.add(threads.submit(() -> {
                    int count = 0;
                    while (System.nanoTime() < end) {
                        assertThat(body.call()).isTrue();
                        count++;
                    }
                    return count;
                }));
            }
            for (Future<Integer> thread : running) {
                rounds.add(thread.get());
            }
        }
        return rounds;
    }

    private static boolean isWhole(byte[] value) {
        ByteBuffer words = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        long first = words.getLong(0);
        for (int at = 8; at < value.length; at += 8) {
            if (words.getLong(at) != first) {
                return false;
            }
        }
        return true;
    }

    /** A program on a CPU that updates, deletes and looks up, and never sees a value that is half one and half another. */
    private Callable<Boolean> program(EngineMap map, int cpu) {
        long key = live.sandbox.allocate(8, true, "key");
        long value = live.sandbox.allocate(8 * WORDS, true, "value");
        SplittableRandom random = new SplittableRandom(cpu);
        return () -> {
            live.maps.runStarts(cpu);
            try {
                live.sandbox.putInt(key, random.nextInt(KEYS));
                long number = random.nextLong();
                for (int word = 0; word < WORDS; word++) {
                    live.sandbox.putLong(value + 8L * word, number);
                }
                if (random.nextInt(4) == 0) {
                    map.deleteElement(key, cpu);
                } else {
                    map.updateElement(key, value, BpfMap.ANY, cpu);
                }
                live.sandbox.putInt(key, random.nextInt(KEYS));
                long found = map.lookupElement(key, cpu);
                return found == 0 || isWhole(live.sandbox.toArray(found, 8 * WORDS));
            } finally {
                live.maps.runEnds(cpu);
            }
        };
    }

    private static Callable<Boolean> reader(EngineMap map) {
        SplittableRandom random = new SplittableRandom(99);
        return () -> map.lookup(u32(random.nextInt(KEYS)))
                .map(MapConcurrencyTest::isWhole)
                .orElse(true);
    }

    private static Callable<Boolean> writer(EngineMap map) {
        SplittableRandom random = new SplittableRandom(98);
        return () -> {
            byte[] key = u32(random.nextInt(KEYS));
            if (random.nextInt(4) == 0) {
                map.delete(key);
            } else {
                long number = random.nextLong();
                map.update(key, u64(number, number, number, number));
            }
            return true;
        };
    }

    private static Callable<Boolean> walker(EngineMap map) {
        return () -> {
            Optional<byte[]> key = map.nextKey(Optional.empty());
            for (int steps = 0; key.isPresent() && steps < 100; steps++) {
                key = map.nextKey(key);
            }
            return true;
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"HASH", "LRU_HASH"})
    void noValueIsEverSeenHalfWay(MapType type) throws Exception {
        EngineMap map = live.create(type, 4, 8 * WORDS, type == MapType.HASH ? KEYS : KEYS / 2);

        List<Integer> rounds =
                together(List.of(program(map, 0), program(map, 1), reader(map), writer(map), walker(map)));

        assertThat(rounds).allSatisfy(count -> assertThat(count).isPositive());
    }

    @Test
    void anArraysUserNeverSeesAnUpdateHalfWay() throws Exception {
        EngineMap map = live.create(MapType.ARRAY, 4, 8 * WORDS, KEYS);
        long key = live.sandbox.allocate(8, true, "key");
        long value = live.sandbox.allocate(8 * WORDS, true, "value");
        SplittableRandom random = new SplittableRandom(1);
        Callable<Boolean> updater = () -> {
            live.sandbox.putInt(key, random.nextInt(KEYS));
            long number = random.nextLong();
            for (int word = 0; word < WORDS; word++) {
                live.sandbox.putLong(value + 8L * word, number);
            }
            return map.updateElement(key, value, BpfMap.ANY, 0) == 0;
        };

        assertThat(together(List.of(updater, reader(map), reader(map))))
                .allSatisfy(count -> assertThat(count).isPositive());
    }

    @Test
    void aKeyThatStaysIsAlwaysFoundWhileOthersComeAndGo() throws Exception {
        EngineMap map = live.create(MapType.HASH, 4, 8 * WORDS, 2, MapFlags.ZERO_SEED);
        map.update(u32(1000), u64(7, 7, 7, 7));
        long key = live.sandbox.allocate(8, true, "key");
        live.sandbox.putInt(key, 1000);
        Callable<Boolean> finder = () -> {
            live.maps.runStarts(1);
            boolean found = map.lookupElement(key, 1) != 0;
            live.maps.runEnds(1);
            return found;
        };

        assertThat(together(List.of(finder, writerOfOne(map), finderOfLongRun(map, key))))
                .allSatisfy(count -> assertThat(count).isPositive());
    }

    /** Keys that come and go in the same few buckets. */
    private static Callable<Boolean> writerOfOne(EngineMap map) {
        SplittableRandom random = new SplittableRandom(5);
        return () -> {
            byte[] key = u32(random.nextInt(50));
            map.update(key, u64(1, 1, 1, 1));
            map.delete(key);
            return true;
        };
    }

    /** A run so long that more elements go than may wait for it. */
    private Callable<Boolean> finderOfLongRun(EngineMap map, long key) {
        return () -> {
            live.maps.runStarts(0);
            boolean found = true;
            for (int i = 0; i < 20_000 && found; i++) {
                found = map.lookupElement(key, 0) != 0;
            }
            live.maps.runEnds(0);
            return found;
        };
    }

    @Test
    void routesThatStayAreFoundWhileOthersComeAndGo() throws Exception {
        EngineMap map = live.create(MapType.LPM_TRIE, 8, 8, 64, MapFlags.NO_PREALLOC);
        byte[] fixed = {16, 0, 0, 0, 10, 1, 0, 0};
        map.update(fixed, u64(1));
        long key = live.sandbox.allocate(8, true, "key");
        live.sandbox.write(new byte[] {32, 0, 0, 0, 10, 1, 2, 3}, 0, key, 8);
        SplittableRandom random = new SplittableRandom(3);
        Callable<Boolean> finder = () -> {
            live.maps.runStarts(0);
            boolean found = map.lookupElement(key, 0) != 0;
            live.maps.runEnds(0);
            return found;
        };
        Callable<Boolean> changer = () -> {
            byte[] prefix = {(byte) random.nextInt(33), 0, 0, 0, 10, 1, (byte) random.nextInt(4), 3};
            if (prefix[0] != 16) {
                map.update(prefix, u64(2));
                map.delete(prefix);
            }
            return true;
        };

        assertThat(together(List.of(finder, changer)))
                .allSatisfy(count -> assertThat(count).isPositive());
    }

    @Test
    void recordsOfSeveralCpusAllArriveWhole() throws Exception {
        RingBufferMap ring = (RingBufferMap) live.create(MapType.RINGBUF, 0, 0, 4096);
        RecordSender records = ring.sender();
        var events = ring.events();
        Callable<Boolean> sender = () -> {
            long record = records.reserve(8 * WORDS, 0);
            if (record != 0) {
                long number = System.nanoTime();
                for (int word = 0; word < WORDS; word++) {
                    live.sandbox.putLong(record + 8L * word, number);
                }
                records.submit(record, 0);
            }
            return true;
        };
        Callable<Boolean> receiver = () -> {
            boolean[] whole = {true};
            events.drain(record -> {
                byte[] bytes = new byte[record.remaining()];
                record.get(bytes);
                whole[0] &= bytes.length == 8 * WORDS && isWhole(bytes);
            });
            return whole[0];
        };

        assertThat(together(List.of(sender, sender, receiver)))
                .allSatisfy(count -> assertThat(count).isPositive());
    }
}
