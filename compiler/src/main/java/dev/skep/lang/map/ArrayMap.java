package dev.skep.lang.map;

/**
 * Values by numbers from 0 on; all are there from the start, zeroed. Since Linux 3.19.
 */
@MapKind("ARRAY")
public final class ArrayMap<V> extends KeyedMap<Integer, V> {
    /** A map. @param maxEntries how many values it has, a constant */
    public ArrayMap(int maxEntries) {
        super(maxEntries);
    }
}
