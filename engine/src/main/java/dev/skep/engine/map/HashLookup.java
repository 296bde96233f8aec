package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;

/**
 * Finds elements by key: all that a look-up needs, as a record, so that HotSpot makes straight-line code of it where the map is a
 * constant. Needs no lock: what is found, and what it links to, stays in place while a program runs.
 *
 * @param heads address of the first elements of the buckets, plus one each, 0 for none
 * @param mask number of buckets less one
 * @param hashing how keys are hashed
 * @param seed of the hash
 */
record HashLookup(DirectMemory memory, ElementLayout elements, long heads, int mask, Hashing hashing, int seed) {
    /** Far more elements than a bucket has. */
    private static final int LONGEST_CHAIN = 1 << 20;

    /** How keys are hashed. */
    enum Hashing {
        /** The kernel's jhash. */
        JENKINS,
        /** A 32-bit key is its own hash: devices are spread by their index. */
        NUMBER
    }

    /** The hash of the key at a sandbox address. */
    int hash(long key) {
        return hashing == Hashing.NUMBER ? memory.getInt(key) : Jenkins.hash(memory, key, elements.keySize(), seed);
    }

    /** Where the number of a bucket's first element is. */
    long head(int bucket) {
        return heads + (long) bucket * Integer.BYTES;
    }

    /** The element with this key, or {@link ElementPool#NONE}. */
    int find(long key) {
        return find(key, hash(key));
    }

    /** The element with this key and hash, or {@link ElementPool#NONE}. */
    int find(long key, int hash) {
        int element = memory.getIntAcquire(head(hash & mask)) - 1;
        // A program that was not verified may have spoilt the links; then this ends all the same.
        for (int left = LONGEST_CHAIN; element != ElementPool.NONE && left > 0; left--) {
            if (memory.getInt(elements.hash(element)) == hash && elements.hasKey(element, key)) {
                return element;
            }
            element = memory.getIntAcquire(elements.link(element)) - 1;
        }
        return ElementPool.NONE;
    }
}
