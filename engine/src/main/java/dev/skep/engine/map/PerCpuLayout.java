package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;

/**
 * Where the values of a per-CPU map are: for each CPU a row of all elements, so that CPUs share no cache lines. A record for the
 * sake of {@link ElementLookup}.
 *
 * @param base address of the first CPU's row
 * @param stride from one element's value to the next
 * @param elements how many there are in a row
 */
record PerCpuLayout(long base, int stride, long elements) {
    /** Where the value of an element on a CPU starts. */
    long address(int element, int cpu) {
        return base + (cpu * elements + element) * stride;
    }

    /** Looks up in a {@code BPF_MAP_TYPE_PERCPU_HASH}. */
    record OfHash(HashLookup keys, PerCpuLayout values) implements ElementLookup {
        @Override
        public long find(long key, int cpu) {
            int element = keys.find(key);
            return element == ElementPool.NONE ? 0 : values.address(element, cpu);
        }
    }

    /** Looks up in a {@code BPF_MAP_TYPE_PERCPU_ARRAY}. @param entries how many, as an unsigned number */
    record OfArray(DirectMemory memory, int entries, PerCpuLayout values) implements ElementLookup {
        @Override
        public long find(long key, int cpu) {
            int index = memory.getInt(key);
            return Integer.compareUnsigned(index, entries) < 0 ? values.address(index, cpu) : 0;
        }
    }
}
