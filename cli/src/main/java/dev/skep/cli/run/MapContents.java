package dev.skep.cli.run;

import dev.skep.cli.types.MapCodec;
import dev.skep.cli.types.PerCpuValues;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is in a map.
 *
 * @param spec the map
 * @param entries by ascending key; those of a queue or stack in the order in which they would be taken out
 * @param listed false if the kind of map, or its flags, keep user space from listing it
 * @param events what came through a map that carries events, which has no entries
 */
record MapContents(MapSpec spec, List<Entry> entries, boolean listed, Optional<Events.Count> events) {
    /**
     * An entry.
     *
     * @param key empty for kinds without keys (queue, stack)
     * @param value of per-CPU maps the sum, if it makes sense
     * @param perCpu of per-CPU maps the values of all CPUs, else empty
     * @param zero true if all bytes of the value are zero
     */
    record Entry(Optional<BtfValue> key, Optional<BtfValue> value, List<BtfValue> perCpu, boolean zero) {}

    /** Reads everything; a queue or stack is empty afterwards. */
    static MapContents of(BpfMap map, Btf btf, Optional<Events.Count> events) {
        MapSpec spec = map.spec();
        MapCodec codec = new MapCodec(btf, spec);
        List<Entry> entries = new ArrayList<>();
        boolean listed = true;
        try {
            switch (spec.type()) {
                case QUEUE, STACK -> drain(map, codec, entries);
                // Nothing in these can be listed: a set that only answers "perhaps", streams of records, memory.
                case BLOOM_FILTER, RINGBUF, USER_RINGBUF, PERF_EVENT_ARRAY, STRUCT_OPS, ARENA ->
                    listed = events.isPresent();
                default -> walk(map, codec, entries);
            }
        } catch (HostException e) {
            // Maps of sockets' or tasks' storage have no order of keys, and BPF_F_WRONLY forbids reading.
            listed = false;
        }
        if (!spec.type().equals(MapType.QUEUE) && !spec.type().equals(MapType.STACK)) {
            entries.sort(Comparator.comparing(entry -> entry.key().orElseThrow(), new ValueOrder()));
        }
        return new MapContents(spec, entries, listed, events);
    }

    private static void drain(BpfMap map, MapCodec codec, List<Entry> entries) {
        byte[] noKey = {};
        for (Optional<byte[]> value = map.lookupAndDelete(noKey);
                value.isPresent();
                value = map.lookupAndDelete(noKey)) {
            entries.add(new Entry(Optional.empty(), Optional.of(codec.value(value.get())), List.of(), false));
        }
    }

    private static void walk(BpfMap map, MapCodec codec, List<Entry> entries) {
        Optional<byte[]> key = map.nextKey(Optional.empty());
        while (key.isPresent()) {
            byte[] at = key.get();
            map.lookup(at).ifPresent(value -> entries.add(entry(map.spec(), codec, at, value)));
            key = map.nextKey(key);
        }
    }

    private static Entry entry(MapSpec spec, MapCodec codec, byte[] key, byte[] value) {
        Optional<BtfValue> shownKey = Optional.of(codec.key(key));
        boolean zero = Arrays.equals(value, new byte[value.length]);
        if (!PerCpuValues.isPerCpu(spec)) {
            return new Entry(shownKey, Optional.of(valueOf(spec, codec, value)), List.of(), zero);
        }
        List<BtfValue> perCpu =
                PerCpuValues.split(value, spec).stream().map(codec::value).toList();
        return new Entry(shownKey, PerCpuValues.sum(perCpu), perCpu, zero);
    }

    /** What a map of maps or programs gives for a lookup is an id, whatever the object's types say. */
    private static BtfValue valueOf(MapSpec spec, MapCodec codec, byte[] value) {
        return switch (spec.type()) {
            case PROG_ARRAY, ARRAY_OF_MAPS, HASH_OF_MAPS -> {
                long id = 0;
                for (int i = value.length - 1; i >= 0; i--) {
                    id = (id << 8) | (value[i] & 0xff);
                }
                yield BtfValue.Whole.of(id);
            }
            default -> codec.value(value);
        };
    }
}
