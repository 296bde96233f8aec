package dev.skep.linux.event;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * What ring buffers and user ring buffers have in common: a page with the consumer's position, a page with the producer's, and the
 * data, mapped twice in a row so that every record is in one piece. Positions only grow; modulo the size they are offsets. Each record
 * has a header in front, its length with two flags (linux/bpf.h, {@code BPF_RINGBUF_*}; kernel/bpf/ringbuf.c).
 */
final class RingLayout {
    static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
    static final VarHandle HEADER = ValueLayout.JAVA_INT.varHandle();

    /** {@code BPF_RINGBUF_HDR_SZ}: the length and, for the kernel, where the record lies. */
    static final int HEADER_SIZE = 8;
    /** {@code BPF_RINGBUF_BUSY_BIT}: reserved, not yet submitted. It makes the header negative. */
    static final int BUSY = 1 << 31;
    /** {@code BPF_RINGBUF_DISCARD_BIT}: to be passed over. */
    static final int DISCARDED = 1 << 30;

    private RingLayout() {}

    /** Bytes that a record of {@code length} takes up. */
    static long spaceOf(int length) {
        return (length + 7L + HEADER_SIZE) & ~7L;
    }

    /** A position that the other side has written; what it wrote before is seen too. */
    static long acquire(MemorySegment page) {
        return (long) POSITION.getAcquire(page, 0L);
    }

    /** Shows the other side a position; what was written before is seen there too. */
    static void release(MemorySegment page, long position) {
        POSITION.setRelease(page, 0L, position);
    }
}
