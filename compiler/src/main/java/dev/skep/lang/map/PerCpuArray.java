package dev.skep.lang.map;

/**
 * Values by numbers from 0 on, each processor with its own; all are there from the start, zeroed. Since Linux 4.6.
 */
@MapKind("PERCPU_ARRAY")
public final class PerCpuArray<V> extends KeyedMap<Integer, V> {
    /** A map. @param maxEntries how many values it has, a constant */
    public PerCpuArray(int maxEntries) {
        super(maxEntries);
    }
}
