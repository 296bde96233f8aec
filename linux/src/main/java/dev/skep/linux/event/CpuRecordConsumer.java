package dev.skep.linux.event;

import java.lang.foreign.MemorySegment;

/** Gets records of a perf buffer where they lie, without an allocation for each. */
@FunctionalInterface
public interface CpuRecordConsumer {
    /**
     * A record. The memory is valid during the call only.
     *
     * @param cpu that sent it
     * @param memory it lies in: the CPU's ring, or a copy if it went around the ring's end
     * @param offset of the record's first byte in it, a multiple of 4
     * @param length in bytes, which the kernel rounds up so that this and 4 bytes more are a multiple of 8
     */
    void accept(int cpu, MemorySegment memory, long offset, int length);
}
