package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the hash maps have in common (kernel/bpf/hashtab.c): finding, counting, evicting, walking. The kinds differ in where
 * their values are and what is stored there.
 *
 * <p>Who changes a bucket locks it. Programs on several CPUs wait for each other only if they change buckets with the same lock. The
 * user's side has the map's lock as well, and is one slot more than there are CPUs.
 */
abstract class HashTableMap extends EngineMap {
    static final int NONE = ElementPool.NONE;

    /** What {@link #storeOver} gives if the entry gets a new element. */
    static final int REPLACE = 1;

    final ElementPool pool;
    final HashIndex index;
    /** The slot of the user's side; CPUs have theirs below. */
    final int userSlot;

    private final BucketLocks locks;
    private final HashLookup lookup;
    private final EntryLimit limit;
    private final Optional<LruEviction> eviction;
    private final KeyScratch scratch;

    /** @param pooledValueSize bytes of the value that stands in the element itself, 0 if values are elsewhere */
    HashTableMap(MapSpec spec, MapHome home, int pooledValueSize) {
        super(spec, home);
        MapOptions options = home.maps().options();
        HashIndex.requireHeap(spec.name(), spec.maxEntries());
        int cpus = options.possibleCpus();
        int entries = spec.maxEntries();
        this.userSlot = cpus;
        int slots = cpus + 1;
        long elsewhere = pooledValueSize == 0 ? (long) valueSize * cpus : 0;
        this.pool =
                new ElementPool(home, "value", keySize, pooledValueSize, elsewhere, entries, slots, programMayWrite());
        int seed = (spec.flags() & MapFlags.ZERO_SEED) != 0 ? 0 : options.hashSeed();
        this.index = new HashIndex(home, pool, HashIndex.bucketsFor(entries), hashing(spec.type()), seed);
        this.locks = new BucketLocks(index.buckets());
        this.lookup = index.lookup();
        this.scratch = new KeyScratch(blocks, keySize, cpus);
        boolean lru = spec.type() == MapType.LRU_HASH || spec.type() == MapType.LRU_PERCPU_HASH;
        this.eviction = lru ? Optional.of(LruEviction.of(spec, home, pool.capacity(), cpus)) : Optional.empty();
        this.limit = eviction.<EntryLimit>map(lists -> lists).orElseGet(() -> new FixedLimit(entries));
    }

    private static HashLookup.Hashing hashing(MapType type) {
        return type == MapType.DEVMAP_HASH ? HashLookup.Hashing.NUMBER : HashLookup.Hashing.JENKINS;
    }

    /**
     * What an update does if there is an element with the key already. Its bucket is locked.
     *
     * @return 0 if it is done, {@link #REPLACE} if the entry gets a new element, or a negated errno
     */
    abstract int storeOver(int old, long value, long flags, int slot);

    /** Stores the value of a fresh element. */
    abstract void fill(int element, long value, int slot);

    /** The value of an element that a CPU sees. */
    abstract long value(int element, int cpu);

    /** Copies an element's value out for the user's side. @return 0 or a negated errno */
    abstract int readForUser(int element, byte[] out, long flags);

    /** True for the LRU kinds. */
    final boolean isLru() {
        return eviction.isPresent();
    }

    /** Notes which elements look-ups find, for the LRU kinds. */
    final Optional<LruMarks> marks() {
        return eviction.map(LruEviction::marks);
    }

    /** The element with this key, or {@link #NONE}; needs no lock. */
    final int find(long key) {
        return lookup.find(key);
    }

    @Override
    public final long lookupElement(long key, int cpu) {
        int element = find(key);
        if (element == NONE) {
            return 0;
        }
        if (eviction.isPresent()) {
            eviction.get().used(element);
        }
        return value(element, cpu);
    }

    /** What an update with these flags meets. @return 0 or a negated errno */
    static int checkFlags(int old, long flags) {
        long mode = flags & ~LOCK;
        if (old != NONE && mode == NOEXIST) {
            return Errno.EEXIST.negated();
        }
        return old == NONE && mode == EXIST ? Errno.ENOENT.negated() : 0;
    }

    /** Updates an entry or adds one. @param flags checked as far as they do not depend on whether there is an entry */
    final int put(long key, long value, long flags, int slot) {
        int hash = index.hash(key);
        boolean entitled = false;
        while (true) {
            synchronized (locks.of(hash)) {
                int old = index.find(key, hash);
                int result = checkFlags(old, flags);
                if (result == 0 && old != NONE) {
                    result = storeOver(old, value, flags, slot);
                }
                entitled = entitled || (result == 0 && old == NONE && limit.take(slot));
                if (result != 0 || old != NONE || entitled) {
                    return finish(result, key, value, hash, old, slot, entitled);
                }
            }
            // Other buckets are locked to make room, so that it is done between.
            if (!limit.makeRoom(slot, element -> evict(element, slot))) {
                return (isLru() ? Errno.ENOMEM : Errno.E2BIG).negated();
            }
            entitled = true;
        }
    }

    /** @param entitled true if an entry may be added; if none is, the right is given back */
    private int finish(int result, long key, long value, int hash, int old, int slot, boolean entitled) {
        int outcome = result;
        boolean isNew = old == NONE && result == 0;
        if (isNew || result == REPLACE) {
            outcome = link(key, value, hash, old, slot);
        }
        if (entitled && (!isNew || outcome != 0)) {
            limit.giveBack(slot);
        }
        return outcome;
    }

    /**
     * From now on a fresh element is found, and {@code old}, if there is one, is not.
     *
     * @return 0, or ENOMEM negated if running programs may still hold all elements that were deleted
     */
    private int link(long key, long value, int hash, int old, int slot) {
        int element = pool.take(slot);
        if (element == NONE) {
            return Errno.ENOMEM.negated();
        }
        pool.putKey(element, key);
        fill(element, value, slot);
        index.insert(element, hash);
        if (old == NONE) {
            limit.added(element, slot);
        } else {
            index.remove(old);
            limit.replaced(old, element, slot);
            retire(old, slot);
        }
        return 0;
    }

    private boolean evict(int element, int slot) {
        while (true) {
            int bucket = index.bucketOf(element);
            synchronized (locks.of(bucket)) {
                if (index.bucketOf(element) != bucket) {
                    continue; // it went, and came back with another key
                }
                if (!index.remove(element)) {
                    return false;
                }
                eviction.orElseThrow().evicted(element, slot);
                retire(element, slot);
                return true;
            }
        }
    }

    /** Its bucket is locked. */
    private void unlink(int element, int slot) {
        index.remove(element);
        limit.removed(element, slot);
        retire(element, slot);
    }

    private void retire(int element, int slot) {
        released(element);
        pool.retire(element, slot);
    }

    /** Called when an element is in the map no more. */
    void released(int element) {}

    final void markUsed(int element) {
        eviction.ifPresent(lru -> lru.used(element));
    }

    @Override
    final long deleteEntry(long key, int slot) {
        int hash = index.hash(key);
        synchronized (locks.of(hash)) {
            int element = index.find(key, hash);
            if (element == NONE) {
                return Errno.ENOENT.negated();
            }
            unlink(element, slot);
            return 0;
        }
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        return (int) updateEntry(key, value, flags, userSlot);
    }

    @Override
    final int userDelete(long key) {
        return (int) deleteEntry(key, userSlot);
    }

    @Override
    public final long forEachElement(int cpu, ElementVisitor visitor) {
        long key = scratch.open(cpu);
        try {
            return visitBuckets(cpu, key, visitor);
        } finally {
            scratch.close(cpu);
        }
    }

    private long visitBuckets(int cpu, long key, ElementVisitor visitor) {
        long visited = 0;
        for (int bucket = 0; bucket < index.buckets(); bucket++) {
            int element = index.first(bucket);
            while (element != NONE) {
                // The visitor may delete the element it sees, so the next one is taken first.
                int next = index.next(element);
                sandbox.copy(pool.key(element), key, keySize);
                visited++;
                if (visitor.visit(key, value(element, cpu)) != 0) {
                    return visited;
                }
                element = next;
            }
        }
        return visited;
    }

    // The user's side is no run, for which elements would stay as they are; so it locks the bucket whose elements it
    // looks at.

    @Override
    final int userLookup(long key, byte[] out, long flags) {
        int hash = index.hash(key);
        synchronized (locks.of(hash)) {
            int element = index.find(key, hash);
            return element == NONE ? Errno.ENOENT.negated() : readForUser(element, out, flags);
        }
    }

    @Override
    int userLookupAndDelete(long key, byte[] out) {
        int hash = index.hash(key);
        synchronized (locks.of(hash)) {
            int element = index.find(key, hash);
            int refusal = element == NONE ? Errno.ENOENT.negated() : readForUser(element, out, 0);
            if (refusal == 0) {
                unlink(element, userSlot);
            }
            return refusal;
        }
    }

    @Override
    final int userNextKey(long key, long next) {
        int bucket = 0;
        if (key != 0) {
            int hash = index.hash(key);
            synchronized (locks.of(hash)) {
                int element = index.find(key, hash);
                if (element != NONE) {
                    if (copyKey(index.next(element), next)) {
                        return 0;
                    }
                    bucket = index.bucketOf(element) + 1;
                }
            }
        }
        return firstKeyFrom(bucket, next) ? 0 : Errno.ENOENT.negated();
    }

    private boolean firstKeyFrom(int bucket, long to) {
        for (int at = bucket; at < index.buckets(); at++) {
            if (index.first(at) != NONE) {
                synchronized (locks.of(at)) {
                    if (copyKey(index.first(at), to)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean copyKey(int element, long to) {
        if (element == NONE) {
            return false;
        }
        sandbox.copy(pool.key(element), to, keySize);
        return true;
    }

    /** Whole buckets; the cursor is the next one's number. */
    @Override
    final Batch walkBatch(Optional<byte[]> cursor, int count, boolean delete) {
        if (cursor.isPresent() && cursor.get().length < 4) {
            throw refusal(Errno.EINVAL, "batch", "the cursor has " + cursor.get().length + " bytes, not 4 or more");
        }
        int bucket = cursor.map(bytes -> Numbers.getInt(bytes, 0)).orElse(0);
        if (count == 0) {
            return new Batch(List.of(), cursor);
        }
        List<Entry> found = new ArrayList<>();
        for (; bucket >= 0 && bucket < index.buckets(); bucket++) {
            synchronized (locks.of(bucket)) {
                int size = bucketSize(bucket);
                if (size > count - found.size()) {
                    return batchBefore(bucket, size, count, found);
                }
                takeBucket(bucket, delete, found);
            }
        }
        return new Batch(found, Optional.empty());
    }

    private Batch batchBefore(int bucket, int size, int count, List<Entry> found) {
        if (found.isEmpty()) {
            throw refusal(Errno.ENOSPC, "batch", "a bucket holds " + size + " entries; ask for more than " + count);
        }
        byte[] next = new byte[Math.max(4, keySize)];
        Numbers.putInt(next, bucket);
        return new Batch(found, Optional.of(next));
    }

    private int bucketSize(int bucket) {
        int size = 0;
        for (int element = index.first(bucket); element != NONE; element = index.next(element)) {
            size++;
        }
        return size;
    }

    private void takeBucket(int bucket, boolean delete, List<Entry> found) {
        int element = index.first(bucket);
        while (element != NONE) {
            int next = index.next(element);
            byte[] value = new byte[userValueSize()];
            if (readForUser(element, value, ANY) == 0) {
                found.add(new Entry(sandbox.toArray(pool.key(element), keySize), value));
                if (delete) {
                    unlink(element, userSlot);
                }
            }
            element = next;
        }
    }
}
