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

    /** Adds a value. @param flags {@code BPF_ANY} (0) @return 0, or a negative error number */
    @Helper(value = "MAP_PUSH_ELEM", sizes = false)
    public int push(V value, long flags) {
        throw new NotInJavaException("push");
    }

    /** Looks for a value. @return 0 if it may have been added, a negative error number if it was not */
    @Helper(value = "MAP_PEEK_ELEM", sizes = false)
    public int peek(V value) {
        throw new NotInJavaException("peek");
    }
}
