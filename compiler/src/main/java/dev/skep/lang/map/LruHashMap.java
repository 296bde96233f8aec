package dev.skep.lang.map;

/**
 * Values by keys; when it is full, those go that were not used for long. Since Linux 4.10.
 */
@MapKind("LRU_HASH")
public final class LruHashMap<K, V> extends KeyedMap<K, V> {
    /** A map. @param maxEntries the most entries it can have, a constant */
    public LruHashMap(int maxEntries) {
        super(maxEntries);
    }
}
