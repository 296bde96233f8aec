package dev.skep.lang.map;

/**
 * Values by keys, each processor with its own. Since Linux 4.6.
 */
@MapKind("PERCPU_HASH")
public final class PerCpuHashMap<K, V> extends KeyedMap<K, V> {
    /** A map. @param maxEntries the most entries it can have, a constant */
    public PerCpuHashMap(int maxEntries) {
        super(maxEntries);
    }
}
