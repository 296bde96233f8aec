package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The elements of a map that inserts and deletes: numbered from 0, each with a value in the sandbox and its key behind it.
 *
 * <p>An element that was taken out of the map is used again only when no running program can still hold its address. If too
 * many wait, the oldest is used again all the same, as the kernel's preallocated maps always do, and {@link #forced} counts.
 * All methods but the readers are called under the map's lock.
 */
final class ElementPool {
    private static final VarHandle FORCED;

    static {
        try {
            FORCED = MethodHandles.lookup().findVarHandle(ElementPool.class, "forced", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** So many elements can wait at a time, large ones fewer, and one more for each CPU. */
    private static final int LONGEST_WAIT = 1024;

    private static final int SHORTEST_WAIT = 16;
    /** What elements that wait may take of the sandbox, unless there are very few. */
    private static final long WAITING_BYTES = 1 << 20;

    /** Asking who still runs is worth while for a batch of elements, not for each. */
    private static final int RECLAIM_BATCH = 32;

    /** What {@link #take} gives when nothing is left. */
    static final int NONE = -1;

    private final Sandbox sandbox;
    private final RunEpochs epochs;
    private final int keySize;
    private final int valueSize;
    private final int keyOffset;
    private final int stride;
    private final long base;
    private final int capacity;

    /** Elements never used so far start here. */
    private int unused;
    /** A stack of free elements. */
    private final int[] free;

    private int freeCount;

    /** A ring of elements that wait, oldest first. */
    private final int[] waiting;

    private final long[] stamps;
    private int firstWaiting;
    private int waitingCount;

    private int forced;

    /**
     * @param what what a value is, for messages
     * @param keySize bytes
     * @param valueSize bytes
     * @param bytesElsewhere what an element takes outside of the pool
     * @param room how many elements may be in use at a time
     * @param writable whether programs may write to values
     */
    ElementPool(
            MapHome home, String what, int keySize, int valueSize, long bytesElsewhere, long room, boolean writable) {
        this.sandbox = home.sandbox();
        this.epochs = home.maps().epochs();
        this.keySize = keySize;
        this.valueSize = valueSize;
        this.keyOffset = roundUp(valueSize);
        this.stride = Math.max(8, keyOffset + roundUp(keySize));
        long affordable = WAITING_BYTES / (stride + bytesElsewhere);
        int wait = Math.clamp(affordable, SHORTEST_WAIT, LONGEST_WAIT);
        this.waiting = new int[wait + home.maps().options().possibleCpus()];
        this.stamps = new long[waiting.length];
        this.base = home.blocks().allocate(valueSize, stride, room + waiting.length, writable, what);
        this.capacity = (int) room + waiting.length;
        this.free = new int[capacity];
    }

    static int roundUp(int size) {
        return size + 7 & ~7;
    }

    int capacity() {
        return capacity;
    }

    int valueSize() {
        return valueSize;
    }

    /** The address of an element's value. */
    long value(int element) {
        return base + (long) element * stride;
    }

    /** The address of an element's key. */
    long key(int element) {
        return value(element) + keyOffset;
    }

    /** The element whose value starts at {@code address}. */
    int elementAt(long address) {
        return (int) ((address - base) / stride);
    }

    /** Stores an element's key. */
    void putKey(int element, long from) {
        sandbox.copy(from, key(element), keySize);
    }

    /** True if the bytes at {@code other} are the element's key. */
    boolean hasKey(int element, long other) {
        long mine = key(element);
        int at = 0;
        for (; at <= keySize - 8; at += 8) {
            if (sandbox.getLong(mine + at) != sandbox.getLong(other + at)) {
                return false;
            }
        }
        if (at <= keySize - 4) {
            if (sandbox.getInt(mine + at) != sandbox.getInt(other + at)) {
                return false;
            }
            at += 4;
        }
        for (; at < keySize; at++) {
            if (sandbox.getByte(mine + at) != sandbox.getByte(other + at)) {
                return false;
            }
        }
        return true;
    }

    /** An element to use, with whatever it held before. */
    int take() {
        if (freeCount == 0 && (waitingCount >= RECLAIM_BATCH || unused == capacity)) {
            reclaim();
        }
        if (freeCount > 0) {
            freeCount--;
            return free[freeCount];
        }
        if (unused < capacity) {
            return unused++;
        }
        return waitingCount > 0 ? forceOldest() : NONE;
    }

    /** An element that was never seen by anyone goes back. */
    void giveBack(int element) {
        free[freeCount++] = element;
    }

    /** An element that programs may still hold goes back, once they cannot. */
    void retire(int element) {
        if (waitingCount == waiting.length) {
            reclaim();
        }
        if (waitingCount == waiting.length) {
            giveBack(forceOldest());
        }
        int slot = firstWaiting + waitingCount;
        slot = slot >= waiting.length ? slot - waiting.length : slot;
        waiting[slot] = element;
        stamps[slot] = epochs.stamp();
        waitingCount++;
    }

    /** Frees what has waited long enough. */
    private void reclaim() {
        if (waitingCount == 0 || !epochs.isOver(stamps[firstWaiting])) {
            return;
        }
        long over = stamps[firstWaiting];
        while (waitingCount > 0 && stamps[firstWaiting] <= over) {
            giveBack(removeOldest());
        }
    }

    private int forceOldest() {
        FORCED.setVolatile(this, forced + 1);
        return removeOldest();
    }

    private int removeOldest() {
        int element = waiting[firstWaiting];
        firstWaiting = firstWaiting + 1 == waiting.length ? 0 : firstWaiting + 1;
        waitingCount--;
        return element;
    }

    /**
     * Changes whenever an element may have been reused under a reader's feet: a search without the lock is right only if this
     * was the same before and after.
     */
    int forced() {
        return (int) FORCED.getVolatile(this);
    }
}
