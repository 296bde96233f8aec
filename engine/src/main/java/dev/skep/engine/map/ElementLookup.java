package dev.skep.engine.map;

/**
 * {@code bpf_map_lookup_elem} on one map, with all it needs in records: HotSpot takes their fields for constants, so that where
 * this is a constant the look-up becomes straight-line code. Valid while its map lives, and to be used during a program's run only.
 */
@FunctionalInterface
public interface ElementLookup {
    /**
     * The address of the value of the key at {@code key}, or 0.
     *
     * @param cpu the logical CPU that asks
     */
    long find(long key, int cpu);
}
