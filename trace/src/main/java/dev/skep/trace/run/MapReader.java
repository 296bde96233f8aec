package dev.skep.trace.run;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.print.Decoder;
import dev.skep.trace.print.MapContent;
import dev.skep.trace.print.RawEntry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and empties a script's map. */
final class MapReader {
    private static final int BATCH = 4096;
    private static final byte[] ONLY_KEY = new byte[Integer.BYTES];

    private final PlannedMap plan;
    private final BpfMap map;
    private final Decoder decoder;
    /** Whether what is there was set to zero, which else looks as if nothing had ever been there. */
    private boolean zeroed;

    MapReader(PlannedMap plan, BpfMap map, Decoder decoder) {
        this.plan = plan;
        this.map = map;
        this.decoder = decoder;
    }

    /** What it holds now. @param top how many entries are shown, the greatest; 0 for all @param divisor of numbers; 0 for none */
    MapContent read(long top, long divisor) {
        return decode(raw(false), top, divisor);
    }

    /** The same if a script asks for it: a number or text without a key is 0 or empty where there is none. */
    MapContent asked(long top, long divisor) {
        return decode(raw(MapContent.kindOf(plan.value()).isOneLine()), top, divisor);
    }

    private MapContent decode(List<RawEntry> entries, long top, long divisor) {
        return decoder.map(plan, entries, top, divisor == 0 ? 1 : divisor);
    }

    private List<RawEntry> raw(boolean withUnset) {
        List<RawEntry> entries = new ArrayList<>();
        for (BpfMap.Entry entry : entries()) {
            if (plan.key().isPresent() || withUnset || isSet(entry.value())) {
                entries.add(new RawEntry(MemorySegment.ofArray(entry.key()), parts(entry.value())));
            }
        }
        return entries;
    }

    /** Whether the value of a map without keys is there: it is marked, or an aggregation that has counted something. */
    private boolean isSet(byte[] value) {
        int marked = plan.presence().isPresent() ? stride() : 1;
        for (int at = plan.presence().orElse(0); at < value.length; at += marked) {
            if (value[at] != 0) {
                return true;
            }
        }
        return zeroed;
    }

    /** How far one CPU's value is from the next. */
    private int stride() {
        return (map.spec().valueSize() + 7) & ~7;
    }

    private List<MemorySegment> parts(byte[] value) {
        MemorySegment memory = MemorySegment.ofArray(value);
        if (!plan.perCpu()) {
            return List.of(memory);
        }
        List<MemorySegment> parts = new ArrayList<>();
        for (long at = 0; at < value.length; at += stride()) {
            parts.add(memory.asSlice(at, map.spec().valueSize()));
        }
        return parts;
    }

    private List<BpfMap.Entry> entries() {
        if (plan.key().isEmpty()) {
            return map.lookup(ONLY_KEY).map(value -> new BpfMap.Entry(ONLY_KEY, value)).stream()
                    .toList();
        }
        List<BpfMap.Entry> entries = new ArrayList<>();
        Optional<byte[]> cursor = Optional.empty();
        try {
            do {
                BpfMap.Batch batch =
                        map.lookupBatch(cursor, Math.max(BATCH, map.spec().maxEntries()));
                entries.addAll(batch.entries());
                cursor = batch.next();
            } while (cursor.isPresent());
            return entries;
        } catch (HostException e) {
            if (e.errno() != Errno.ENOTSUPP && e.errno() != Errno.EINVAL) {
                throw e;
            }
            return oneByOne(); // a kernel before 5.6
        }
    }

    private List<BpfMap.Entry> oneByOne() {
        List<BpfMap.Entry> entries = new ArrayList<>();
        for (byte[] key : keys()) {
            map.lookup(key).ifPresent(value -> entries.add(new BpfMap.Entry(key, value)));
        }
        return entries;
    }

    private List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>();
        Optional<byte[]> at = map.nextKey(Optional.empty());
        while (at.isPresent()
                && keys.size() <= Integer.toUnsignedLong(map.spec().maxEntries())) {
            keys.add(at.get());
            at = map.nextKey(at);
        }
        return keys;
    }

    /** Removes all entries; a map without keys becomes as it was in the beginning. */
    void clear() {
        zeroed = false;
        if (plan.key().isEmpty()) {
            map.update(ONLY_KEY, new byte[map.lookup(ONLY_KEY).orElseThrow().length]);
        } else {
            keys().forEach(map::delete);
        }
    }

    /** Sets all values to zero; what was not there stays away. */
    void zero() {
        for (BpfMap.Entry entry : entries()) {
            zeroed |= plan.key().isEmpty() && isSet(entry.value());
            byte[] zeros = new byte[entry.value().length];
            if (plan.presence().isPresent()) {
                for (int at = plan.presence().getAsInt(); at < zeros.length; at += stride()) {
                    zeros[at] = entry.value()[at];
                }
            }
            map.update(entry.key(), zeros);
        }
    }
}
