package dev.skep.lang.map;

import dev.skep.lang.Helper;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;

/**
 * A set that says for sure what is not in it. Since Linux 5.16.
 */
@MapKind("BLOOM_FILTER")
public final class BloomFilter<V extends Struct> extends BpfMap {
    /** A map. @param maxEntries how many values it is meant for, a constant; with more it errs more often */
    public BloomFilter(int maxEntries) {
        super(maxEntries);
    }

    /** Adds a value. @return 0, or a negative error number */
    public int add(V value) {
        return push(value, 0);
    }

    /** False if a value was never added; true if it was, or looks like one that was. */
    public boolean mayContain(V value) {
        return peek(value) == 0;
    }

    @Helper(value = "MAP_PUSH_ELEM", sizes = false)
    private int push(V value, long flags) {
        throw new NotInJavaException("push");
    }

    @Helper(value = "MAP_PEEK_ELEM", sizes = false)
    private int peek(V value) {
        throw new NotInJavaException("peek");
    }
}
