package dev.skep.linux.system;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where one system call's {@code errno} is put. Cells are kept and used again: a thread takes the one of its own place in the
 * pool, or makes another if two threads meet there. (A thread-local one would cost each virtual thread an allocation.)
 */
final class ErrnoCell {
    private static final int PLACES = 64; // a power of two
    private static final int SPACING = 16; // references of neighbours lie in different cache lines
    private static final AtomicReferenceArray<@Nullable ErrnoCell> POOL = new AtomicReferenceArray<>(PLACES * SPACING);

    final MemorySegment segment = SystemCalls.newErrno();

    static ErrnoCell take() {
        ErrnoCell cell = POOL.getAndSet(place(), null);
        return cell == null ? new ErrnoCell() : cell;
    }

    void giveBack() {
        POOL.set(place(), this);
    }

    private static int place() {
        return ((int) Thread.currentThread().threadId() & (PLACES - 1)) * SPACING;
    }
}
