package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;

/** The keys of an array: 32-bit indexes from 0 to max_entries - 1. */
final class ArrayKeys {
    private final int entries;
    private final Sandbox sandbox;
    private final KeyScratch scratch;

    ArrayKeys(int entries, MapHome home) {
        this.entries = entries;
        this.sandbox = home.sandbox();
        this.scratch = new KeyScratch(home.blocks(), 4, home.maps().options().possibleCpus());
    }

    /** Something done for an index, with a copy of it in the sandbox. */
    @FunctionalInterface
    interface IndexVisitor {
        /** @return 0 to go on */
        long visit(int index, long key);
    }

    boolean isIndex(int index) {
        return Integer.compareUnsigned(index, entries) < 0;
    }

    /** {@code map_get_next_key}: the first index after one that is none, ENOENT after the last. */
    int next(long key, long next) {
        int index = key == 0 ? -1 : sandbox.getInt(key);
        if (index == entries - 1) {
            return Errno.ENOENT.negated();
        }
        sandbox.putInt(next, isIndex(index) ? index + 1 : 0);
        return 0;
    }

    /** Visits all in order. @return how many were visited */
    long forEach(int cpu, IndexVisitor visitor) {
        long key = scratch.open(cpu);
        try {
            for (int index = 0; index < entries; index++) {
                sandbox.putInt(key, index);
                if (visitor.visit(index, key) != 0) {
                    return index + 1L;
                }
            }
            return entries;
        } finally {
            scratch.close(cpu);
        }
    }
}
