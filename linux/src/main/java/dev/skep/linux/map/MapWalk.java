package dev.skep.linux.map;

import dev.skep.object.Bytes;
import dev.skep.object.host.BpfMap.Entry;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Shows every entry that is there from the beginning to the end of the walk, once; those that come and go meanwhile may be shown or
 * not. It ends, whatever others do to the map.
 *
 * <p>Hash maps and arrays are read in batches, hash maps bucket by bucket. Where only "the key after this one" can be asked for, the
 * kernel begins again when that key has been removed: keys already shown are remembered and passed over.
 */
final class MapWalk {
    private static final int BATCH = 256;
    /** Times that a map may be walked from its beginning because others keep removing the key that the walk stands on. */
    private static final long PATIENCE = 64;

    private final LinuxMap map;
    private final BiConsumer<byte[], byte[]> action;

    MapWalk(LinuxMap map, BiConsumer<byte[], byte[]> action) {
        this.map = map;
        this.action = action;
    }

    void run() {
        switch (map.spec().type()) {
            case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, ARRAY, PERCPU_ARRAY -> {
                if (!inBatches()) {
                    byKeys();
                }
            }
            default -> byKeys();
        }
    }

    /** @return false if this kernel has no batches for such maps */
    private boolean inBatches() {
        int room = BATCH;
        try (BatchReader reader = map.raw().batchReader(false)) {
            while (!reader.atEnd()) {
                List<Entry> entries;
                try {
                    entries = read(reader, room);
                } catch (HostException e) {
                    if (e.errno() == Errno.ENOSPC) {
                        room *= 2; // a bucket with more entries than that
                        continue;
                    }
                    if (EntryBatches.isNotOffered(e)) {
                        return false;
                    }
                    throw e;
                }
                entries.forEach(entry -> action.accept(entry.key(), entry.value()));
            }
        }
        return true;
    }

    private List<Entry> read(BatchReader reader, int room) {
        RawMap raw = map.raw();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keys = arena.allocate((long) room * raw.keyBytes(), Long.BYTES);
            MemorySegment values = arena.allocate(room * raw.valueBytes(), Long.BYTES);
            int read = reader.read(keys, values);
            List<Entry> entries = new ArrayList<>(read);
            for (int i = 0; i < read; i++) {
                entries.add(new Entry(
                        EntryBatches.part(keys, i, raw.keyBytes()), EntryBatches.part(values, i, raw.valueBytes())));
            }
            return entries;
        }
    }

    private void byKeys() {
        long most = PATIENCE * (Integer.toUnsignedLong(map.spec().maxEntries()) + 1);
        Set<Bytes> shown = new HashSet<>();
        Optional<byte[]> at = map.nextKey(Optional.empty());
        for (long steps = 0; at.isPresent(); steps++) {
            byte[] key = at.get();
            // The next key is asked for first: the action may remove this one.
            at = map.nextKey(at);
            if (shown.add(Bytes.of(key))) {
                map.lookup(key).ifPresent(value -> action.accept(key, value));
            }
            if (steps > most) {
                throw new HostException(
                        Errno.EAGAIN,
                        "cannot walk " + map + " to its end: " + shown.size()
                                + " entries were shown, but others keep removing the one the walk stands on; try again");
            }
        }
    }
}
