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
 */
abstract class HashTableMap extends EngineMap {
    static final int NONE = ElementPool.NONE;

    final ElementPool pool;
    final HashIndex index;
    private final HashLookup lookup;
    private final Optional<LruEviction> eviction;
    private final KeyScratch scratch;
    private final int cpus;
    private final int limit;
    private int count;

    /** @param pooledValueSize bytes of the value that stands in the element itself, 0 if values are elsewhere */
    HashTableMap(MapSpec spec, MapHome home, int pooledValueSize) {
        super(spec, home);
        MapOptions options = home.maps().options();
        HashIndex.requireHeap(spec.name(), spec.maxEntries());
        this.cpus = options.possibleCpus();
        this.limit = spec.maxEntries();
        long elsewhere = pooledValueSize == 0 ? (long) valueSize * cpus : 0;
        this.pool = new ElementPool(home, "value", keySize, pooledValueSize, elsewhere, limit, programMayWrite());
        int seed = (spec.flags() & MapFlags.ZERO_SEED) != 0 ? 0 : options.hashSeed();
        this.index = new HashIndex(home, pool, HashIndex.bucketsFor(limit), hashing(spec.type()), seed);
        this.lookup = index.lookup();
        this.scratch = new KeyScratch(blocks, keySize, cpus);
        boolean lru = spec.type() == MapType.LRU_HASH || spec.type() == MapType.LRU_PERCPU_HASH;
        this.eviction = lru ? Optional.of(LruEviction.of(spec, home, pool.capacity(), cpus)) : Optional.empty();
    }

    private static HashLookup.Hashing hashing(MapType type) {
        return type == MapType.DEVMAP_HASH ? HashLookup.Hashing.NUMBER : HashLookup.Hashing.JENKINS;
    }

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

    /**
     * A fresh element for a key, not yet to be found.
     *
     * @return E2BIG negated if the map is full; ENOMEM negated if running programs may still hold all that were deleted
     */
    final int allocate(long key, int old, int cpu) {
        int element = pool.take();
        if (element == NONE) {
            return Errno.ENOMEM.negated();
        }
        if (old == NONE && !makeRoom(cpu)) {
            pool.giveBack(element);
            return Errno.E2BIG.negated();
        }
        pool.putKey(element, key);
        return element;
    }

    private boolean makeRoom(int cpu) {
        if (eviction.isEmpty()) {
            return count < limit;
        }
        int victim = eviction.get().victim(cpu);
        if (victim != NONE) {
            unlink(victim);
        }
        return true;
    }

    /** From now on the element is found, and {@code old}, if there is one, is not. */
    final void link(int element, int hash, int old, int cpu) {
        index.insert(element, hash);
        eviction.ifPresent(lru -> lru.added(element, cpu));
        count++;
        if (old != NONE) {
            eviction.ifPresent(lru -> lru.used(element));
            unlink(old);
        }
    }

    private void unlink(int element) {
        index.remove(element);
        eviction.ifPresent(lru -> lru.removed(element));
        count--;
        released(element);
        pool.retire(element);
    }

    /** Called when an element is in the map no more. */
    void released(int element) {}

    final void markUsed(int element) {
        eviction.ifPresent(lru -> lru.used(element));
    }

    @Override
    final long deleteEntry(long key, int cpu) {
        synchronized (lock) {
            int element = index.find(key, index.hash(key));
            if (element == NONE) {
                return Errno.ENOENT.negated();
            }
            unlink(element);
            return 0;
        }
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

    @Override
    final int userLookup(long key, byte[] out, long flags) {
        int element = find(key);
        if (element == NONE) {
            return Errno.ENOENT.negated();
        }
        return readForUser(element, out, flags);
    }

    @Override
    int userLookupAndDelete(long key, byte[] out) {
        int element = find(key);
        if (element == NONE) {
            return Errno.ENOENT.negated();
        }
        int refusal = readForUser(element, out, 0);
        if (refusal == 0) {
            unlink(element);
        }
        return refusal;
    }

    @Override
    final int userNextKey(long key, long next) {
        int element = key == 0 ? NONE : find(key);
        int following = element == NONE ? index.firstFrom(0) : index.after(element);
        if (following == NONE) {
            return Errno.ENOENT.negated();
        }
        sandbox.copy(pool.key(following), next, keySize);
        return 0;
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
        while (bucket >= 0 && bucket < index.buckets()) {
            int size = bucketSize(bucket);
            if (size > count - found.size()) {
                if (found.isEmpty()) {
                    throw refusal(
                            Errno.ENOSPC, "batch", "a bucket holds " + size + " entries; ask for more than " + count);
                }
                byte[] next = new byte[Math.max(4, keySize)];
                Numbers.putInt(next, bucket);
                return new Batch(found, Optional.of(next));
            }
            takeBucket(bucket, delete, found);
            bucket++;
        }
        return new Batch(found, Optional.empty());
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
                    unlink(element);
                }
            }
            element = next;
        }
    }
}
