package dev.skep.linux.system;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts who is using something, so that closing it waits for the last of them without anybody being held up: it is let go of by
 * whoever comes last, the one who closes it or the last who uses it. Costs two atomic additions a use, no allocation. Thread-safe.
 *
 * <pre>{@code
 * if (!uses.enter()) {
 *     throw new IllegalStateException("closed");
 * }
 * try {
 *     ...
 * } finally {
 *     uses.leave();
 * }
 * }</pre>
 */
public final class UseCount {
    /** Makes the state negative; the bits below count those inside. */
    private static final int CLOSED = 1 << 31;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(UseCount.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Runnable letGo;
    private volatile int state;

    /** @param letGo run once, when it has been closed and nobody is inside any more */
    public UseCount(Runnable letGo) {
        this.letGo = letGo;
    }

    /** Begins a use. @return false if it is closed; else {@link #leave()} has to follow */
    public boolean enter() {
        int before = state;
        while (before >= 0) {
            int found = (int) STATE.compareAndExchange(this, before, before + 1);
            if (found == before) {
                return true;
            }
            before = found;
        }
        return false;
    }

    /** Ends a use. */
    public void leave() {
        if ((int) STATE.getAndAdd(this, -1) == CLOSED + 1) {
            letGo.run();
        }
    }

    /** Lets nobody in any more; does nothing the second time. */
    public void close() {
        if ((int) STATE.getAndBitwiseOr(this, CLOSED) == 0) {
            letGo.run();
        }
    }

    /** Whether it has been closed; there may be uses that go on. */
    public boolean isClosed() {
        return state < 0;
    }
}
