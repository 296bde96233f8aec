package dev.skep.trace.run;

import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** The reading end of the ring buffer that a script's programs send events through. */
public interface EventRing extends AutoCloseable {
    /** Gets events where they lie. */
    @FunctionalInterface
    interface Reader {
        /** An event: {@code length} bytes from {@code offset} on, valid during the call only. */
        void accept(MemorySegment memory, long offset, int length);
    }

    /** Hands on all events that are ready. @return how many there were */
    int drain(Reader reader);

    /** Waits until there is an event or the time is over. @return whether there is one */
    boolean await(Duration timeout);

    @Override
    void close();
}
