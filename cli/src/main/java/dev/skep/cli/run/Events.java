package dev.skep.cli.run;

import dev.skep.object.host.EventStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** @param streams by the map they come through; owned from here on */
    Events(Map<String, EventStream> streams) {
        streams.forEach((map, stream) -> counters.add(new Counter(map, stream)));
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
