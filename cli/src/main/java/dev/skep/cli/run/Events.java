package dev.skep.cli.run;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.EventStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what programs send to user space, so that no buffer fills up, and counts it. */
final class Events implements AutoCloseable {
    private final List<Counter> counters = new ArrayList<>();

    /** How much came through a map. @param lost records that found no room */
    record Count(long records, long bytes, long lost) {}

    private static final class Counter {
        final String map;
        final EventStream stream;
        long records;
        long bytes;

        Counter(String map, EventStream stream) {
            this.map = map;
            this.stream = stream;
        }

        void count(ByteBuffer event) {
            records++;
            bytes += event.remaining();
        }
    }

    private Events() {}

    /** Opens the streams of the maps that have one: all, or none if one cannot be opened. */
    static Events open(List<? extends BpfMap> maps, Function<BpfMap, Optional<EventStream>> opener) {
        Events events = new Events();
        try {
            for (BpfMap map : maps) {
                opener.apply(map)
                        .ifPresent(stream ->
                                events.counters.add(new Counter(map.spec().name(), stream)));
            }
            return events;
        } catch (RuntimeException e) {
            events.close();
            throw e;
        }
    }

    /** Reads all that is there. */
    void drain() {
        for (Counter counter : counters) {
            counter.stream.drain(counter::count);
        }
    }

    /** What came through the map so far; empty if it is no such map. */
    Optional<Count> of(String map) {
        return counters.stream()
                .filter(counter -> counter.map.equals(map))
                .map(counter -> new Count(counter.records, counter.bytes, counter.stream.lost()))
                .findFirst();
    }

    @Override
    public void close() {
        counters.forEach(counter -> counter.stream.close());
    }
}
