package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.InputException;
import dev.skep.object.Location;

/**
 * Keeps elements by key: chains of elements under a power of two of buckets, newest first, as the kernel's hash maps have them, so
 * that the order of iteration is the kernel's. Links and hashes are in the elements, the heads of the chains in the sandbox too.
 *
 * <p>Searching needs no lock; changing does. An element that is unlinked keeps its link, so that who stands on it gets on.
 */
final class HashIndex {
    static final int NONE = ElementPool.NONE;

    /** What an element takes of the Java heap while it waits to be used again, at worst; all else is in the sandbox. */
    private static final long HEAP_BYTES_PER_ELEMENT = 24;

    private final Sandbox sandbox;
    private final ElementLayout elements;
    private final HashLookup lookup;
    private final int buckets;

    HashIndex(MapHome home, ElementPool pool, int buckets, HashLookup.Hashing hashing, int seed) {
        this.sandbox = home.sandbox();
        this.elements = pool.layout();
        this.buckets = buckets;
        long heads = home.blocks().allocateHidden((long) buckets * Integer.BYTES, "buckets");
        this.lookup = new HashLookup(DirectMemory.of(sandbox), elements, heads, buckets - 1, hashing, seed);
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

    /** Finds elements. */
    HashLookup lookup() {
        return lookup;
    }

    int hash(long key) {
        return lookup.hash(key);
    }

    int buckets() {
        return buckets;
    }

    /** The element with this key and hash, or {@link #NONE}. */
    int find(long key, int hash) {
        return lookup.find(key, hash);
    }

    private int loadLink(long address) {
        return (int) sandbox.atomics().loadAcquire(address, Integer.BYTES) - 1;
    }

    private void storeLink(long address, int element) {
        sandbox.atomics().storeRelease(address, Integer.BYTES, element + 1L);
    }

    /** The first element of a bucket, or {@link #NONE}. */
    int first(int bucket) {
        return loadLink(lookup.head(bucket));
    }

    /** The element after {@code element} in its bucket, or {@link #NONE}. */
    int next(int element) {
        return loadLink(elements.link(element));
    }

    /** The bucket an element is in. */
    int bucketOf(int element) {
        return sandbox.getInt(elements.hash(element)) & (buckets - 1);
    }

    /** Puts an element, its key and value stored already, before the others of its bucket. */
    void insert(int element, int hash) {
        sandbox.putInt(elements.hash(element), hash);
        int bucket = hash & (buckets - 1);
        storeLink(elements.link(element), first(bucket));
        storeLink(lookup.head(bucket), element);
    }

    /** Takes an element out. @return false if it was not in */
    boolean remove(int element) {
        long link = lookup.head(bucketOf(element));
        for (int at = loadLink(link); at != NONE; at = loadLink(link)) {
            if (at == element) {
                storeLink(link, next(element));
                return true;
            }
            link = elements.link(at);
        }
        return false;
    }

    /** The first element in {@code bucket} or a later one, or {@link #NONE}. */
    int firstFrom(int bucket) {
        for (int at = bucket; at < buckets; at++) {
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
