package dev.skep.engine.map;

import static dev.skep.engine.map.LiveMaps.u32;
import static dev.skep.engine.map.LiveMaps.u64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.BpfMap;
import dev.skep.object.map.MapType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LruEvictionTest {
    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    private static int size(EngineMap map) {
        int[] count = {0};
        map.forEachElement(0, (key, value) -> {
            count[0]++;
            return 0;
        });
        return count[0];
    }

    /** {@code LiveMaps.CPUS} CPUs take batches of a quarter of the entries of a map this small. */
    @Test
    void whereProgramsAddSomeEntriesAreKeptForEachCpu() {
        EngineMap map = live.create(MapType.LRU_HASH, 4, 8, 100);
        int batch = 100 / LiveMaps.CPUS / 2;
        for (int key = 0; key < 2000; key++) {
            int cpu = key % LiveMaps.CPUS;
            assertThat(map.updateElement(live.key(key), live.value(key), BpfMap.ANY, cpu))
                    .isZero();
            assertThat(map.lookupElement(live.key(key), cpu)).isNotZero();
            assertThat(size(map)).isBetween(Math.min(key + 1, 100 - LiveMaps.CPUS * batch), 100);
        }
    }

    @Test
    void entriesThatAreDeletedMakeRoomOnEveryCpu() {
        EngineMap map = live.create(MapType.LRU_HASH, 4, 8, 64);
        for (int round = 0; round < 50; round++) {
            for (int key = 0; key < 64; key++) {
                int number = 64 * round + key;
                assertThat(map.updateElement(live.key(number), live.value(key), BpfMap.ANY, 0))
                        .isZero();
            }
            for (int key = 0; key < 64; key++) {
                map.deleteElement(live.key(64 * round + key), 1);
            }
            assertThat(size(map)).isZero();
        }
    }

    @Test
    void aMapIsFilledBeforeAnythingGoesAndNeverHoldsMore() {
        EngineMap map = live.create(MapType.LRU_HASH, 4, 8, 50);
        for (int key = 0; key < 500; key++) {
            map.update(u32(key), u64(key));
            assertThat(size(map)).isEqualTo(Math.min(key + 1, 50));
            assertThat(map.lookup(u32(key))).isPresent();
        }
    }

    @Test
    void whatIsLookedUpAllTheTimeStays() {
        EngineMap map = live.create(MapType.LRU_HASH, 4, 8, 100);
        for (int key = 0; key < 20; key++) {
            map.update(u32(key), u64(key));
        }
        for (int key = 1000; key < 5000; key++) {
            for (int hot = 0; hot < 20; hot++) {
                assertThat(map.lookupElement(live.key(hot), 0))
                        .as("hot key %d", hot)
                        .isNotZero();
            }
            map.updateElement(live.key(key), live.value(key), BpfMap.ANY, 0);
        }
    }

    @Test
    void aSkewedLoadHitsAboutAsOftenAsWithAnExactList() {
        EngineMap map = live.create(MapType.LRU_HASH, 4, 8, 200);
        Map<Integer, Integer> exact = exactLru(200);
        Random random = new Random(7);
        int hits = 0;
        int exactHits = 0;
        int rounds = 50_000;
        for (int i = 0; i < rounds; i++) {
            int key = (int) Math.abs(random.nextGaussian() * 150);
            if (map.lookupElement(live.key(key), 0) != 0) {
                hits++;
            } else {
                map.updateElement(live.key(key), live.value(key), BpfMap.ANY, 0);
            }
            exactHits += exact.put(key, key) == null ? 0 : 1;
        }
        // The kernel, which keeps as many entries for each CPU, does no better: LruAgreementTest.
        assertThat(hits).isGreaterThan(exactHits - rounds / 30);
    }

    private static Map<Integer, Integer> exactLru(int entries) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
                return size() > entries;
            }
        };
    }

    @Test
    void withoutACommonListEveryCpuHasItsShare() {
        EngineMap map = live.create(MapType.LRU_HASH, 4, 8, 10, MapFlags.NO_COMMON_LRU);
        for (int key = 0; key < 5; key++) {
            map.updateElement(live.key(key), live.value(key), BpfMap.ANY, 0);
        }
        for (int key = 100; key < 200; key++) {
            map.updateElement(live.key(key), live.value(key), BpfMap.ANY, 1);
        }

        // Four of a CPU's elements go at a time.
        assertThat(size(map)).isBetween(7, 10);
        for (int key = 0; key < 5; key++) {
            assertThat(map.lookupElement(live.key(key), 0)).isNotZero();
        }
    }

    @Test
    void aUsersLookupDoesNotCountAsUse() {
        EngineMap map = live.create(MapType.LRU_HASH, 4, 8, 3);
        for (int key = 1; key <= 3; key++) {
            map.update(u32(key), u64(key));
        }
        map.lookup(u32(1));

        map.update(u32(4), u64(4));

        assertThat(map.lookup(u32(1))).isEmpty();
    }
}
