package dev.skep.lang.map;

import dev.skep.lang.Context;
import dev.skep.lang.Helper;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;

/**
 * Records from programs to user space, in a buffer for each processor. Since Linux 4.3. A {@link RingBuffer} keeps the records of all
 * processors in their order and wastes no memory; this is for kernels before 5.8, and where each processor has its reader.
 *
 * @param <T> the records
 */
@MapKind("PERF_EVENT_ARRAY")
public final class PerfEventArray<T extends Struct> extends BpfMap {
    /** The buffer of the processor that the program runs on ({@code BPF_F_CURRENT_CPU}). */
    public static final long CURRENT_CPU = 0xffff_ffffL;

    /** A map with as many buffers as there are processors. */
    public PerfEventArray() {
        super(0);
    }

    /** Sends a copy of a record by the current processor's buffer. @return 0, or a negative error number if there is no room */
    public int output(Context context, T record) {
        return output(context, CURRENT_CPU, record);
    }

    /**
     * Sends a copy of a record.
     *
     * @param flags the buffer's number or {@link #CURRENT_CPU}; of a packet, the bits from 32 on say how many of its bytes follow
     * @return 0, or a negative error number if there is no room
     */
    @Helper(value = "PERF_EVENT_OUTPUT", receiver = 1)
    public int output(Context context, long flags, T record) {
        throw new NotInJavaException("output");
    }
}
