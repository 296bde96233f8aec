package dev.skep.engine.map;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** How far the producers and the consumer of a ring are, in bytes since the start, and the producers' lock. */
final class RingPositions {
    /** A holder runs a few instructions; if it takes longer, its thread waits for a processor. */
    private static final int SPINS = 100;

    private static final VarHandle HELD;
    private static final VarHandle PRODUCER;
    private static final VarHandle CONSUMER;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            HELD = lookup.findVarHandle(RingPositions.class, "held", boolean.class);
            PRODUCER = lookup.findVarHandle(RingPositions.class, "producer", long.class);
            CONSUMER = lookup.findVarHandle(RingPositions.class, "consumer", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The oldest record that may be busy. Only for who holds the lock. */
    long pending;

    /** Whether somebody reserves. A reservation is a few instructions, for which a monitor would cost more than they do. */
    @SuppressWarnings("unused") // by its handle
    private boolean held;
    /** Where the next record goes. */
    private long producer;
    /** The oldest record that was not consumed. */
    private long consumer;

    void lock() {
        int spins = 0;
        while (!HELD.weakCompareAndSetAcquire(this, false, true)) {
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    void unlock() {
        HELD.setRelease(this, false);
    }

    /** Where the next record goes, as who holds the lock sees it. */
    long ownProducer() {
        return producer;
    }

    /** Where the next record goes. What is before was written before. */
    long producer() {
        return (long) PRODUCER.getAcquire(this);
    }

    void setProducer(long position) {
        PRODUCER.setRelease(this, position);
    }

    /** The oldest record that was not consumed. */
    long consumer() {
        return (long) CONSUMER.getAcquire(this);
    }

    /** {@link #consumer()} in the order all threads see. */
    long consumerInOrder() {
        return (long) CONSUMER.getVolatile(this);
    }

    void setConsumer(long position) {
        CONSUMER.setVolatile(this, position);
    }
}
