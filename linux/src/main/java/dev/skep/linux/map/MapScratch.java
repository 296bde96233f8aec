package dev.skep.linux.map;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for the key and value of one operation, so that those on byte arrays allocate nothing outside the heap. Blocks are
 * kept and used again: a thread takes the one of its own place in the pool, or makes another if two threads meet there.
 */
final class MapScratch implements AutoCloseable {
    private static final int PLACES = 64; // a power of two
    private static final int SPACING = 16; // references of neighbours lie in different cache lines
    private static final long SMALLEST = 1024;
    private static final long LARGEST_KEPT = 1 << 20;
    private static final AtomicReferenceArray<@Nullable MapScratch> POOL = new AtomicReferenceArray<>(PLACES * SPACING);

    private final MemorySegment memory;

    private MapScratch(long size) {
        memory = Arena.ofAuto().allocate(size, Long.BYTES);
    }

    /** A block of at least {@code size} bytes, of unknown content. */
    static MapScratch take(long size) {
        MapScratch pooled = POOL.getAndSet(place(), null);
        if (pooled != null && pooled.memory.byteSize() >= size) {
            return pooled;
        }
        return new MapScratch(Math.max(SMALLEST, Long.highestOneBit(Math.max(1, size - 1)) << 1));
    }

    /** {@code length} bytes of the block. @param offset a multiple of 8 */
    MemorySegment part(long offset, long length) {
        return memory.asSlice(offset, length);
    }

    private static int place() {
        return ((int) Thread.currentThread().threadId() & (PLACES - 1)) * SPACING;
    }

    @Override
    public void close() {
        if (memory.byteSize() <= LARGEST_KEPT) {
            POOL.set(place(), this);
        }
    }
}
