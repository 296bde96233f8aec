package dev.skep.linux.map;

import dev.skep.object.host.BpfMap.Batch;
import dev.skep.object.host.BpfMap.BatchResult;
import dev.skep.object.host.BpfMap.Entry;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Batches of byte arrays: through the kernel's batch operations where the map has them, else one entry after the other. Which of the
 * two, the first batch decides for good, since cursors differ: the kernel's own, or the last key read.
 */
final class EntryBatches {
    private final LinuxMap map;
    private final RawMap raw;
    private volatile boolean single;

    EntryBatches(LinuxMap map, RawMap raw) {
        this.map = map;
        this.raw = raw;
    }

    Batch read(Optional<byte[]> cursor, int count, boolean delete) {
        if (single) {
            return readSingly(cursor, count, delete);
        }
        try {
            return readTogether(cursor, count, delete);
        } catch (HostException e) {
            if (cursor.isPresent() || !isNotOffered(e)) {
                throw e;
            }
            single = true;
            return readSingly(cursor, count, delete);
        }
    }

    private Batch readTogether(Optional<byte[]> cursor, int count, boolean delete) {
        try (Arena arena = Arena.ofConfined();
                BatchReader reader = raw.batchReader(delete)) {
            MemorySegment keys = arena.allocate((long) count * raw.keyBytes(), Long.BYTES);
            MemorySegment values = arena.allocate(count * raw.valueBytes(), Long.BYTES);
            cursor.ifPresent(reader::continueAt);
            int read = reader.read(keys, values);
            List<Entry> entries = new ArrayList<>(read);
            for (int i = 0; i < read; i++) {
                entries.add(new Entry(part(keys, i, raw.keyBytes()), part(values, i, raw.valueBytes())));
            }
            return new Batch(
                    entries,
                    reader.atEnd()
                            ? Optional.empty()
                            : Optional.of(reader.cursor().toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    static byte[] part(MemorySegment array, int index, long size) {
        return array.asSlice(index * size, size).toArray(ValueLayout.JAVA_BYTE);
    }

    private Batch readSingly(Optional<byte[]> cursor, int count, boolean delete) {
        List<Entry> entries = new ArrayList<>();
        Optional<byte[]> at = map.nextKey(cursor);
        Optional<byte[]> last = cursor;
        while (at.isPresent() && entries.size() < count) {
            byte[] key = at.get();
            at = map.nextKey(at);
            last = Optional.of(key);
            (delete ? map.lookupAndDelete(key) : map.lookup(key))
                    .ifPresent(value -> entries.add(new Entry(key, value)));
        }
        // Behind a key that was removed a hash map begins again, which is where what is left of it begins.
        return new Batch(entries, at.isPresent() ? last : Optional.empty());
    }

    BatchResult update(List<Entry> entries, long flags) {
        if (!single) {
            try {
                return updateTogether(entries, flags);
            } catch (HostException e) {
                if (!isNotOffered(e)) {
                    throw e;
                }
            }
        }
        return singly(entries, entry -> {
            map.update(entry.key(), entry.value(), flags);
            return true;
        });
    }

    private BatchResult updateTogether(List<Entry> entries, long flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keys = gather(arena, entries.stream().map(Entry::key).toList(), "key", raw.keyBytes());
            MemorySegment values =
                    gather(arena, entries.stream().map(Entry::value).toList(), "value", raw.valueBytes());
            return raw.updateBatch(keys, values, entries.size(), flags);
        }
    }

    BatchResult delete(List<byte[]> keys) {
        if (!single) {
            try (Arena arena = Arena.ofConfined()) {
                return raw.deleteBatch(gather(arena, keys, "key", raw.keyBytes()), keys.size());
            } catch (HostException e) {
                if (!isNotOffered(e)) {
                    throw e;
                }
            }
        }
        return singly(keys, map::delete);
    }

    private MemorySegment gather(Arena arena, List<byte[]> parts, String what, long size) {
        MemorySegment all = arena.allocate(parts.size() * size, Long.BYTES);
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = parts.get(i);
            if (part.length != size) {
                throw MapFailure.wrongSize(map.spec(), what, part.length, size);
            }
            MemorySegment.copy(part, 0, all, ValueLayout.JAVA_BYTE, i * size, part.length);
        }
        return all;
    }

    /** @param operation false if the entry is not there */
    private static <T> BatchResult singly(List<T> all, Function<T, Boolean> operation) {
        int done = 0;
        for (T each : all) {
            try {
                if (!operation.apply(each)) {
                    return new BatchResult(done, Optional.of(Errno.ENOENT));
                }
            } catch (HostException e) {
                return new BatchResult(done, Optional.of(e.errno()));
            }
            done++;
        }
        return new BatchResult(done, Optional.empty());
    }

    static boolean isNotOffered(HostException e) {
        return e.errno() == Errno.ENOTSUPP || e.errno() == Errno.EINVAL;
    }
}
