package dev.skep.linux.map;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.MapBatch;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Reads a map's entries many at a time ({@code BPF_MAP_LOOKUP_BATCH} and {@code BPF_MAP_LOOKUP_AND_DELETE_BATCH}, Linux 5.6). Hash maps
 * give whole buckets, so that what is there from the beginning to the end is read exactly once, whatever comes and goes meanwhile.
 *
 * <pre>{@code
 * try (BatchReader reader = map.raw().batchReader(false)) {
 *     for (int read = reader.read(keys, values); read > 0 || !reader.atEnd(); read = reader.read(keys, values)) {
 *         // keys and values hold `read` entries
 *     }
 * }
 * }</pre>
 *
 * <p>For one thread, until closed.
 */
public final class BatchReader implements AutoCloseable {
    private final RawMap map;
    private final BpfCommand command;
    private final Arena arena = Arena.ofConfined();
    /** Where the next batch begins: for hash maps a bucket's number, for others a key. */
    private MemorySegment next;

    private MemorySegment current;
    private boolean begun;
    private boolean atEnd;

    BatchReader(RawMap map, boolean delete) {
        this.map = map;
        this.command = delete ? BpfCommand.MAP_LOOKUP_AND_DELETE_BATCH : BpfCommand.MAP_LOOKUP_BATCH;
        long cursorBytes = Math.max(Integer.BYTES, map.keyBytes());
        this.next = arena.allocate(cursorBytes, Long.BYTES);
        this.current = arena.allocate(cursorBytes, Long.BYTES);
    }

    /** Whether the last entry has been read. */
    public boolean atEnd() {
        return atEnd;
    }

    /**
     * Reads the next entries, as many as there is room for.
     *
     * @param keys where keys go, one after the other @param values where values go, each {@link RawMap#valueBytes()} long
     * @return how many; may be 0 before the end too
     * @throws HostException ENOSPC if there is less room than a bucket needs (nothing is lost: go on with more room); ENOTSUPP or,
     *     before Linux 5.6, EINVAL if there is no such operation
     */
    public int read(MemorySegment keys, MemorySegment values) {
        if (atEnd) {
            return 0;
        }
        int room = (int) Math.min(
                keys.byteSize() / Math.max(1, map.keyBytes()), values.byteSize() / Math.max(1, map.valueBytes()));
        try (BpfAttr attr = BpfAttr.take()) {
            MemorySegment from = begun ? current : MemorySegment.NULL;
            long result = map.readBatch(attr, command, from, next, keys, values, room);
            if (SystemFailure.is(result, Errno.ENOENT)) {
                atEnd = true;
            } else if (result < 0) {
                throw map.failure(result, "read a batch of " + room, MemorySegment.NULL, 0);
            }
            MemorySegment passed = current;
            current = next;
            next = passed;
            begun = true;
            return (int) attr.get(MapBatch.COUNT);
        }
    }

    /** Where the next batch begins, as the kernel has it. */
    MemorySegment cursor() {
        return current;
    }

    /** Goes on where another reader of the same map stopped. */
    void continueAt(byte[] cursor) {
        MemorySegment.copy(MemorySegment.ofArray(cursor), 0, current, 0, Math.min(cursor.length, current.byteSize()));
        begun = true;
    }

    @Override
    public void close() {
        arena.close();
    }
}
