package dev.skep.linux.event;

import java.lang.foreign.MemorySegment;

/** Gets records where they lie, without a copy or an allocation for each. */
@FunctionalInterface
public interface RecordConsumer {
    /**
     * A record. The memory is the kernel's and given back to it when the call returns.
     *
     * @param ring all of the ring's memory, always the same segment, read-only
     * @param offset of the record's first byte in it, a multiple of 8
     * @param length of the record in bytes; it lies in one piece
     */
    void accept(MemorySegment ring, long offset, int length);
}
