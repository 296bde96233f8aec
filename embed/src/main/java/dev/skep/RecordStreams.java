package dev.skep;

import dev.skep.engine.map.RingBufferMap;
import dev.skep.linux.event.RingBuffer;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Codec;
import dev.skep.object.host.EventStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reading ends of ring buffers, each opened when it is first read. */
final class RecordStreams implements AutoCloseable {
    private final Map<String, EventStream> streams = new HashMap<>();

    <T> List<T> take(BpfMap map, Codec<T> record) {
        EventStream stream = streams.computeIfAbsent(map.spec().name(), name -> open(map));
        List<T> records = new ArrayList<>();
        stream.drain(bytes -> {
            byte[] copy = new byte[record.size()];
            bytes.get(copy);
            records.add(record.decode(copy));
        });
        return records;
    }

    private static EventStream open(BpfMap map) {
        return switch (map) {
            case RingBufferMap ring -> ring.events();
            case LinuxMap live -> RingBuffer.open(live);
            default -> throw new IllegalArgumentException("map " + map.spec().name() + " is no ring buffer");
        };
    }

    @Override
    public void close() {
        streams.values().forEach(EventStream::close);
    }
}
