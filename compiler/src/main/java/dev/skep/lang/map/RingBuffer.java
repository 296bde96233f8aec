package dev.skep.lang.map;

import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Records from programs to user space, in their order. Since Linux 5.8.
 */
@MapKind("RINGBUF")
public final class RingBuffer<T extends Struct> extends BpfMap {
    /** Flag: do not wake up who waits for records ({@code BPF_RB_NO_WAKEUP}). */
    public static final long NO_WAKEUP = 1;

    /** Flag: wake up who waits for records in any case ({@code BPF_RB_FORCE_WAKEUP}). */
    public static final long FORCE_WAKEUP = 2;

    /** A map. @param maxEntries its size in bytes, a power of two from the size of a page on, a constant */
    public RingBuffer(int maxEntries) {
        super(maxEntries);
    }

    /** Room for a record, {@code null} if there is none; to be given back by {@link #submit} or {@link #discard} on every path. */
    public @Nullable T reserve() {
        throw new NotInJavaException("reserve");
    }

    /** Sends a record that was reserved. */
    public void submit(T record) {
        throw new NotInJavaException("submit");
    }

    /** Sends a record that was reserved. @param flags {@link #NO_WAKEUP} or {@link #FORCE_WAKEUP} */
    public void submit(T record, long flags) {
        throw new NotInJavaException("submit");
    }

    /** Drops a record that was reserved. @param flags {@link #NO_WAKEUP} or {@link #FORCE_WAKEUP} */
    public void discard(T record, long flags) {
        throw new NotInJavaException("discard");
    }

    /** Drops a record that was reserved. */
    public void discard(T record) {
        throw new NotInJavaException("discard");
    }

    /** Sends a copy of a record. @return 0, or a negative error number if there is no room */
    public int output(T record) {
        throw new NotInJavaException("output");
    }
}
