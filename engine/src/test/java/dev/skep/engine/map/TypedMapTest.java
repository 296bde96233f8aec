package dev.skep.engine.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.host.Codec;
import dev.skep.object.host.TypedMap;
import dev.skep.object.map.MapType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TypedMapTest {
    private final LiveMaps live = new LiveMaps();

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void javaValuesGoInAndComeOut() {
        TypedMap<Integer, Long> counts = TypedMap.of(live.create(MapType.HASH, 4, 8, 10), Codec.I32, Codec.I64);

        counts.put(1, 10L);

        assertThat(counts.putIfAbsent(1, 11L)).isFalse();
        assertThat(counts.putIfAbsent(2, 20L)).isTrue();
        assertThat(counts.replace(3, 30L)).isFalse();
        assertThat(counts.replace(2, 21L)).isTrue();
        assertThat(counts.get(1)).contains(10L);
        assertThat(counts.take(2)).contains(21L);
        assertThat(counts.remove(2)).isFalse();
        assertThatThrownBy(() -> counts.require(2)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void theWalkShowsEveryEntryOnce() {
        TypedMap<Integer, Long> squares = TypedMap.of(live.create(MapType.HASH, 4, 8, 100), Codec.I32, Codec.I64);
        Map<Integer, Long> expected = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            squares.put(i, (long) i * i);
            expected.put(i, (long) i * i);
        }

        Map<Integer, Long> seen = new HashMap<>();
        squares.forEach((key, value) -> assertThat(seen.put(key, value)).isNull());

        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void aPerCpuMapHasAValueForEachCpu() {
        TypedMap<Integer, List<Integer>> packets = TypedMap.of(
                live.create(MapType.PERCPU_ARRAY, 4, 4, 1), Codec.I32, Codec.perCpu(Codec.I32, LiveMaps.CPUS));

        packets.put(0, List.of(7, 9));

        assertThat(packets.get(0)).contains(List.of(7, 9));
    }

    @Test
    void codecsOfAnotherSizeAreRefused() {
        EngineMap map = live.create(MapType.HASH, 4, 8, 10);

        assertThatThrownBy(() -> TypedMap.of(map, Codec.I64, Codec.I64)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TypedMap.of(map, Codec.I32, Codec.I32)).isInstanceOf(IllegalArgumentException.class);
    }
}
