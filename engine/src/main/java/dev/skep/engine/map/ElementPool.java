package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;
import dev.skep.engine.memory.Sandbox;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The elements of a map that inserts and deletes: numbered from 0, in the sandbox.
 *
 * <p>An element that was taken out of the map is used again only when no running program can still hold its address. So there are
 * more elements than entries; those never used take no memory, only addresses. Should even they be used up, by a run that changes a
 * map very often or that lasts very long, there is none until a run ends.
 *
 * <p>Who takes elements and gives them back says which slot it is: one thread at a time. Each slot keeps some for itself, so that slots
 * seldom wait for each other.
 */
final class ElementPool {
    /** What {@link #take} gives when nothing is left. */
    static final int NONE = -1;

    /** Addresses for elements that wait for runs to end. */
    private static final long WAITING_BYTES = 8 << 20;

    private static final int SHORTEST_WAIT = 32;
    private static final int LONGEST_WAIT = 1 << 18;

    /** Asking who still runs is worth while for a batch of elements, not for each. */
    private static final int RECLAIM_BATCH = 32;

    /** What the elements of a slot's batch may take, if it is more than one. */
    private static final long CACHED_BYTES = 16 << 10;

    private static final int LARGEST_BATCH = 32;

    /** What a slot keeps for itself. */
    private static final class Cache {
        /** It has up to two batches of free elements, and one of those that were in use. */
        static final int MOST_BATCHES = 3;

        final int batch;
        final int[] free;
        int freeCount;
        final int[] retired;
        int retiredCount;

        Cache(int batch) {
            this.batch = batch;
            this.free = new int[2 * batch];
            this.retired = new int[batch];
        }
    }

    private final Sandbox sandbox;
    private final RunEpochs epochs;
    private final int valueSize;
    private final ElementLayout layout;
    private final int capacity;

    /** By slot. */
    private final Cache[] caches;
    // All below is for all slots, and guarded by this.
    /** Elements never used so far start here. */
    private int unused;
    /** A stack of free elements. */
    private int[] free = new int[RECLAIM_BATCH];

    private int freeCount;

    /** A ring of elements that wait, oldest first, as long as a power of two. */
    private int[] waiting = new int[RECLAIM_BATCH];

    private long[] stamps = new long[RECLAIM_BATCH];
    private int firstWaiting;
    private int waitingCount;
    /** With so many waiting it is asked again who still runs. */
    private int reclaimAt = RECLAIM_BATCH;

    /**
     * @param what what a value is, for messages
     * @param keySize bytes
     * @param valueSize bytes
     * @param bytesElsewhere what an element takes outside of the pool
     * @param room how many elements may be in use at a time
     * @param slots how many threads at a time use it
     * @param writable whether programs may write to values
     */
    ElementPool(
            MapHome home,
            String what,
            int keySize,
            int valueSize,
            long bytesElsewhere,
            long room,
            int slots,
            boolean writable) {
        this.sandbox = home.sandbox();
        this.epochs = home.maps().epochs();
        this.valueSize = valueSize;
        int stride = ElementLayout.stride(keySize, valueSize);
        int wait = Math.clamp(WAITING_BYTES / (stride + bytesElsewhere), SHORTEST_WAIT, LONGEST_WAIT)
                + home.maps().options().possibleCpus();
        int batch = slots == 1 ? 1 : Math.clamp(CACHED_BYTES / (stride + bytesElsewhere), 1, LARGEST_BATCH);
        this.caches = Stream.generate(() -> new Cache(batch)).limit(slots).toArray(Cache[]::new);
        long count = room + wait + (long) slots * Cache.MOST_BATCHES * batch;
        long base = home.blocks().allocate(valueSize, stride, count, writable, what);
        this.layout = ElementLayout.of(DirectMemory.of(sandbox), base, keySize, valueSize);
        this.capacity = (int) count;
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

    /** Where everything is. */
    ElementLayout layout() {
        return layout;
    }

    /** The address of an element's value. */
    long value(int element) {
        return layout.value(element);
    }

    /** The address of an element's key. */
    long key(int element) {
        return layout.key(element);
    }

    /** Stores an element's key. */
    void putKey(int element, long from) {
        sandbox.copy(from, key(element), layout.keySize());
    }

    /** An element to use, with whatever it held before; {@link #NONE} if all are in use or wait. */
    int take(int slot) {
        Cache cache = caches[slot];
        if (cache.freeCount == 0) {
            refill(cache);
        }
        return cache.freeCount == 0 ? NONE : cache.free[--cache.freeCount];
    }

    /** An element that was never seen by anyone goes back. */
    void giveBack(int element, int slot) {
        Cache cache = caches[slot];
        if (cache.freeCount == cache.free.length) {
            release(cache);
        }
        cache.free[cache.freeCount++] = element;
    }

    /** An element that programs may still hold goes back, once they cannot. */
    void retire(int element, int slot) {
        Cache cache = caches[slot];
        cache.retired[cache.retiredCount++] = element;
        if (cache.retiredCount == cache.batch) {
            letWait(cache);
        }
    }

    private synchronized void refill(Cache cache) {
        if (freeCount == 0 && (waitingCount >= reclaimAt || unused == capacity)) {
            letWait(cache);
            reclaim();
        }
        while (cache.freeCount < cache.batch && freeCount > 0) {
            cache.free[cache.freeCount++] = free[--freeCount];
        }
        while (cache.freeCount < cache.batch && unused < capacity) {
            cache.free[cache.freeCount++] = unused++;
        }
    }

    private synchronized void release(Cache cache) {
        for (int i = 0; i < cache.batch; i++) {
            free(cache.free[--cache.freeCount]);
        }
    }

    private void free(int element) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = element;
    }

    /** What a slot has retired waits until the runs of now have ended. */
    private synchronized void letWait(Cache cache) {
        long stamp = epochs.stamp();
        for (int i = 0; i < cache.retiredCount; i++) {
            if (waitingCount == waiting.length) {
                growWaiting();
            }
            int at = firstWaiting + waitingCount & waiting.length - 1;
            waiting[at] = cache.retired[i];
            stamps[at] = stamp;
            waitingCount++;
        }
        cache.retiredCount = 0;
    }

    private void growWaiting() {
        int[] elements = new int[2 * waiting.length];
        long[] when = new long[2 * waiting.length];
        for (int i = 0; i < waitingCount; i++) {
            int slot = firstWaiting + i & waiting.length - 1;
            elements[i] = waiting[slot];
            when[i] = stamps[slot];
        }
        waiting = elements;
        stamps = when;
        firstWaiting = 0;
    }

    /** Frees what has waited long enough. */
    private void reclaim() {
        if (waitingCount > 0 && epochs.isOver(stamps[firstWaiting])) {
            long over = stamps[firstWaiting];
            while (waitingCount > 0 && stamps[firstWaiting] <= over) {
                free(waiting[firstWaiting]);
                firstWaiting = firstWaiting + 1 & waiting.length - 1;
                waitingCount--;
            }
        }
        reclaimAt = waitingCount + RECLAIM_BATCH;
    }
}
