package dev.skep.engine.map;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Tells when no running program can hold a pointer to something that was unlinked before: the engine's RCU.
 *
 * <p>Each CPU shows the epoch its run began in. What is unlinked gets a stamp, the current epoch; once every run in progress
 * began in a later epoch, nobody can have found it.
 */
final class RunEpochs {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    /** One slot a cache line, so that CPUs do not slow each other down. */
    private static final int PADDING = 8;

    private static final long IDLE = 0;

    private final long[] slots;
    private volatile long epoch = 1;

    RunEpochs(int cpus) {
        slots = new long[cpus * PADDING];
    }

    /** A run begins on {@code cpu}: whatever it finds from now on stays until {@link #leave}. */
    void enter(int cpu) {
        SLOT.setVolatile(slots, cpu * PADDING, epoch);
        VarHandle.fullFence();
    }

    /** The run on {@code cpu} is over and has dropped its pointers. */
    void leave(int cpu) {
        SLOT.setRelease(slots, cpu * PADDING, IDLE);
    }

    /** A stamp for something just unlinked. */
    long stamp() {
        VarHandle.fullFence(); // the unlinking is seen before the epoch is read
        return epoch;
    }

    /** True if nothing that runs can hold what got this stamp. Makes later runs count as later. */
    synchronized boolean isOver(long stamp) {
        if (stamp == epoch) {
            epoch = stamp + 1;
        }
        VarHandle.fullFence();
        for (int slot = 0; slot < slots.length; slot += PADDING) {
            long began = (long) SLOT.getVolatile(slots, slot);
            if (began != IDLE && began <= stamp) {
                return false;
            }
        }
        return true;
    }
}
