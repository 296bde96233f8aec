package dev.skep.engine.map;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Finds elements by key: chains of elements under a power of two of buckets, newest first, as the kernel's hash maps have
 * them, so that the order of iteration is the kernel's.
 *
 * <p>Searching needs no lock; changing does. An element that is unlinked keeps its link, so that who stands on it gets on.
 */
final class HashIndex {
    static final int NONE = ElementPool.NONE;

    /** How keys are hashed. */
    @FunctionalInterface
    interface KeyHash {
        /** The hash of the key at a sandbox address. */
        int of(long key);
    }

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(int[].class);
    /** Three arrays of the index, one of the pool, some of an LRU list. */
    private static final long HEAP_BYTES_PER_ELEMENT = 24;

    private final KeyHash keyHash;
    private final ElementPool pool;
    private final int mask;
    /** By bucket: the first element plus one, 0 for none. */
    private final int[] heads;
    /** By element: the next one in its bucket plus one. */
    private final int[] links;
    /** By element: the hash of its key. */
    private final int[] hashes;

    HashIndex(ElementPool pool, int buckets, KeyHash keyHash) {
        this.pool = pool;
        this.keyHash = keyHash;
        this.mask = buckets - 1;
        this.heads = new int[buckets];
        this.links = new int[pool.capacity()];
        this.hashes = new int[pool.capacity()];
    }

    /** The kernel's number of buckets for a map: {@code entries} rounded up to a power of two. */
    static int bucketsFor(int entries) {
        return entries <= 1 ? 1 : Integer.highestOneBit(entries - 1) << 1;
    }

    /**
     * @param entries the map's max_entries
     * @throws InputException if the JVM's heap is too small for an index of that many entries
     */
    static void requireHeap(String map, int entries) {
        long count = Integer.toUnsignedLong(entries);
        long needed = count * HEAP_BYTES_PER_ELEMENT;
        long available = Runtime.getRuntime().maxMemory() / 2;
        if (needed > available) {
            throw new InputException(
                    Location.in("map " + map),
                    "its " + count + " entries need " + (needed >> 20) + " MiB of Java heap, of " + (available >> 20)
                            + " MiB that a map may take",
                    "lower max_entries, or give Java more heap (-Xmx)");
        }
    }

    int hash(long key) {
        return keyHash.of(key);
    }

    int buckets() {
        return heads.length;
    }

    /**
     * The element with this key and hash, or {@link #NONE}. Exact under the lock; without it right if {@link
     * ElementPool#forced} has not changed meanwhile.
     */
    int find(long key, int hash) {
        int element = first(hash & mask);
        while (element != NONE) {
            if (hashes[element] == hash && pool.hasKey(element, key)) {
                return element;
            }
            element = next(element);
        }
        return NONE;
    }

    /** The first element of a bucket, or {@link #NONE}. */
    int first(int bucket) {
        return (int) ELEMENT.getAcquire(heads, bucket) - 1;
    }

    /** The element after {@code element} in its bucket, or {@link #NONE}. */
    int next(int element) {
        return (int) ELEMENT.getAcquire(links, element) - 1;
    }

    /** The bucket an element is in. */
    int bucketOf(int element) {
        return hashes[element] & mask;
    }

    /** Puts an element, its key and value stored already, before the others of its bucket. */
    void insert(int element, int hash) {
        hashes[element] = hash;
        int bucket = hash & mask;
        links[element] = heads[bucket];
        ELEMENT.setRelease(heads, bucket, element + 1);
    }

    /** Takes an element out. @return false if it was not in */
    boolean remove(int element) {
        int bucket = bucketOf(element);
        int at = first(bucket);
        if (at == element) {
            ELEMENT.setRelease(heads, bucket, links[element]);
            return true;
        }
        while (at != NONE) {
            int next = next(at);
            if (next == element) {
                ELEMENT.setRelease(links, at, links[element]);
                return true;
            }
            at = next;
        }
        return false;
    }

    /** The first element in {@code bucket} or a later one, or {@link #NONE}. */
    int firstFrom(int bucket) {
        for (int at = bucket; at < heads.length; at++) {
            int element = first(at);
            if (element != NONE) {
                return element;
            }
        }
        return NONE;
    }

    /** The element after {@code element} in iteration order, or {@link #NONE}. */
    int after(int element) {
        int next = next(element);
        return next != NONE ? next : firstFrom(bucketOf(element) + 1);
    }
}
