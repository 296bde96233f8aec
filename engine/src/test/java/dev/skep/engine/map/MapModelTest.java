package dev.skep.engine.map;

import static dev.skep.engine.map.LiveMaps.asInt;
import static dev.skep.engine.map.LiveMaps.asLong;
import static dev.skep.engine.map.LiveMaps.u32;
import static dev.skep.engine.map.LiveMaps.u64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Maps behave as simple models of them, whatever is done to them. */
class MapModelTest {
    private static final int ENTRIES = 12;

    enum Action {
        UPDATE,
        DELETE,
        LOOKUP,
        TAKE
    }

    record Step(Action action, int key, long value, int flags) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Action.class),
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 2))
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }

    @Property(tries = 150)
    void aHashIsAJavaHashMapWithALimit(@ForAll("steps") List<Step> steps, @ForAll boolean preallocated) {
        try (LiveMaps live = new LiveMaps()) {
            EngineMap map = live.create(MapType.HASH, 4, 8, ENTRIES, preallocated ? 0 : MapFlags.NO_PREALLOC);
            Map<Integer, Long> model = new HashMap<>();
            for (Step step : steps) {
                play(live, map, model, step);
                assertThat(keysOf(map)).isEqualTo(model.keySet());
            }
        }
    }

    private static void play(LiveMaps live, EngineMap map, Map<Integer, Long> model, Step step) {
        switch (step.action()) {
            case UPDATE -> {
                long result = map.updateElement(live.key(step.key()), live.value(step.value()), step.flags(), 0);
                assertThat(result).isEqualTo(modelUpdate(model, step));
            }
            case DELETE -> assertThat(map.delete(u32(step.key()))).isEqualTo(model.remove(step.key()) != null);
            case LOOKUP ->
                assertThat(map.lookup(u32(step.key())).map(LiveMaps::asLong))
                        .isEqualTo(Optional.ofNullable(model.get(step.key())));
            case TAKE ->
                assertThat(map.lookupAndDelete(u32(step.key())).map(LiveMaps::asLong))
                        .isEqualTo(Optional.ofNullable(model.remove(step.key())));
        }
    }

    private static long modelUpdate(Map<Integer, Long> model, Step step) {
        boolean present = model.containsKey(step.key());
        if (present && step.flags() == BpfMap.NOEXIST) {
            return Errno.EEXIST.negated();
        }
        if (!present && step.flags() == BpfMap.EXIST) {
            return Errno.ENOENT.negated();
        }
        if (!present && model.size() == ENTRIES) {
            return Errno.E2BIG.negated();
        }
        model.put(step.key(), step.value());
        return 0;
    }

    private static Set<Integer> keysOf(EngineMap map) {
        Set<Integer> keys = new HashSet<>();
        Optional<byte[]> key = map.nextKey(Optional.empty());
        while (key.isPresent()) {
            assertThat(keys.add(asInt(key.get()))).as("a key is shown once").isTrue();
            key = map.nextKey(key);
        }
        return keys;
    }

    @Property(tries = 150)
    void aQueueIsAnArrayDeque(@ForAll("steps") List<Step> steps, @ForAll boolean stack) {
        try (LiveMaps live = new LiveMaps()) {
            EngineMap map = live.create(stack ? MapType.STACK : MapType.QUEUE, 0, 8, 3);
            Deque<Long> model = new ArrayDeque<>();
            for (Step step : steps) {
                if (step.action() == Action.UPDATE) {
                    boolean overwrite = step.flags() == BpfMap.EXIST;
                    long flags = overwrite ? BpfMap.EXIST : BpfMap.ANY;
                    boolean full = model.size() == 3;
                    assertThat(map.pushElement(live.value(step.value()), flags))
                            .isEqualTo(full && !overwrite ? Errno.E2BIG.negated() : 0);
                    if (full && overwrite) {
                        model.removeFirst();
                    }
                    if (!full || overwrite) {
                        model.addLast(step.value());
                    }
                } else if (step.action() == Action.TAKE) {
                    Long next = stack ? model.pollLast() : model.pollFirst();
                    assertThat(map.popElement(live.value)).isEqualTo(next == null ? Errno.ENOENT.negated() : 0);
                    assertThat(live.sandbox.getLong(live.value)).isEqualTo(next == null ? 0 : next);
                } else {
                    Long next = stack ? model.peekLast() : model.peekFirst();
                    assertThat(map.lookup(new byte[0]).map(LiveMaps::asLong)).isEqualTo(Optional.ofNullable(next));
                }
            }
        }
    }

    /** A prefix of a 16-bit string. */
    record Prefix(int length, int bits) {
        boolean matches(int address) {
            return length == 0 || (address ^ bits) >>> (16 - length) == 0;
        }

        Prefix canonical() {
            return new Prefix(length, length == 0 ? 0 : bits >>> (16 - length) << (16 - length));
        }

        byte[] key() {
            return new byte[] {(byte) length, 0, 0, 0, (byte) (bits >>> 8), (byte) bits};
        }
    }

    record Route(Prefix prefix, long value, boolean delete) {}

    @Provide
    Arbitrary<List<Route>> routes() {
        // Few different bits, so that prefixes start each other.
        Arbitrary<Integer> bits = Arbitraries.of(0x0000, 0x0001, 0x0100, 0x8000, 0x8001, 0xff00, 0xffff, 0xf0f0);
        Arbitrary<Prefix> prefixes =
                Combinators.combine(Arbitraries.integers().between(0, 16), bits).as(Prefix::new);
        return Combinators.combine(prefixes, Arbitraries.longs(), Arbitraries.of(true, false, false))
                .as(Route::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 200)
    void aTrieFindsTheLongestPrefixAndShowsAllOfThem(@ForAll("routes") List<Route> routes) {
        try (LiveMaps live = new LiveMaps()) {
            EngineMap map = live.create(MapType.LPM_TRIE, 6, 8, 100, MapFlags.NO_PREALLOC);
            Map<Prefix, Long> model =
                    new TreeMap<>(Comparator.comparingInt(Prefix::length).thenComparingInt(Prefix::bits));
            for (Route route : routes) {
                if (route.delete()) {
                    boolean present = model.remove(route.prefix().canonical()) != null;
                    assertThat(map.delete(route.prefix().key())).isEqualTo(present);
                } else {
                    map.update(route.prefix().key(), u64(route.value()));
                    model.put(route.prefix().canonical(), route.value());
                }
            }
            for (int address : new int[] {0, 1, 0x0101, 0x8000, 0x8001, 0xff01, 0xffff, 0xf0f0, 0x1234}) {
                assertThat(map.lookup(new Prefix(16, address).key()).map(LiveMaps::asLong))
                        .isEqualTo(longest(model, address));
            }
            assertThat(walk(map)).hasSameSizeAs(model.keySet()).doesNotHaveDuplicates();
        }
    }

    private static Optional<Long> longest(Map<Prefix, Long> model, int address) {
        return model.entrySet().stream()
                .filter(entry -> entry.getKey().matches(address))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue);
    }

    private static List<Prefix> walk(EngineMap map) {
        List<Prefix> seen = new ArrayList<>();
        Optional<byte[]> key = map.nextKey(Optional.empty());
        while (key.isPresent()) {
            byte[] bytes = key.get();
            seen.add(new Prefix(bytes[0], ((bytes[4] & 0xff) << 8) | (bytes[5] & 0xff)).canonical());
            key = map.nextKey(key);
        }
        return seen;
    }

    @Property(tries = 50)
    void aBloomFilterNeverForgets(@ForAll List<Long> values) {
        try (LiveMaps live = new LiveMaps()) {
            EngineMap map = live.create(MapType.BLOOM_FILTER, 0, 8, 100);
            values.forEach(value -> map.pushElement(live.value(value), 0));

            assertThat(values)
                    .allSatisfy(value ->
                            assertThat(map.peekElement(live.value(value))).isZero());
            assertThat(values)
                    .allSatisfy(
                            value -> assertThat(asLong(map.lookup(u64(value)).orElseThrow()))
                                    .isEqualTo(value));
        }
    }
}
