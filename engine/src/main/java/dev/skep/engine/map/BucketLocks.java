package dev.skep.engine.map;

import java.util.Arrays;

/**
 * Locks for who changes the buckets of a hash map: far more than CPUs, each for every so many buckets, so that two CPUs seldom meet.
 * Reading needs none.
 */
final class BucketLocks {
    private static final int MOST = 256;

    private final Object[] locks;

    /** @param buckets how many there are, a power of two */
    BucketLocks(int buckets) {
        locks = new Object[Math.min(buckets, MOST)];
        Arrays.setAll(locks, i -> new Object());
    }

    /** The lock of the bucket with this number, or of the bucket that keys with this hash are in. */
    Object of(int bucketOrHash) {
        return locks[bucketOrHash & (locks.length - 1)];
    }
}
