package dev.skep.lang.map;

/**
 * Values by keys, each processor with its own; when it is full, those go that were not used for long. Since Linux 4.10.
 */
@MapKind("LRU_PERCPU_HASH")
public final class LruPerCpuHashMap<K, V> extends KeyedMap<K, V> {
    /** A map. @param maxEntries the most entries it can have, a constant */
    public LruPerCpuHashMap(int maxEntries) {
        super(maxEntries);
    }
}
