package dev.skep.lang.map;

/**
 * Values by keys. Since Linux 3.19.
 */
@MapKind("HASH")
public final class HashMap<K, V> extends KeyedMap<K, V> {
    /** A map. @param maxEntries the most entries it can have, a constant */
    public HashMap(int maxEntries) {
        super(maxEntries);
    }
}
