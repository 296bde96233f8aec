package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;

/** The values of a per-CPU map. */
final class PerCpuValues {
    private final Sandbox sandbox;
    private final int cpus;
    private final int valueSize;
    private final int stride;
    private final PerCpuLayout layout;

    PerCpuValues(MapHome home, int valueSize, long elements, boolean writable) {
        this.sandbox = home.sandbox();
        this.cpus = home.maps().options().possibleCpus();
        this.valueSize = valueSize;
        this.stride = ElementPool.roundUp(valueSize);
        long base = home.blocks().allocate(valueSize, stride, elements * cpus, writable, "value");
        this.layout = new PerCpuLayout(base, stride, elements);
    }

    boolean isCpu(long cpu) {
        return cpu >= 0 && cpu < cpus;
    }

    /** Where they are. */
    PerCpuLayout layout() {
        return layout;
    }

    /** Where the value of an element on a CPU starts. */
    long address(int element, int cpu) {
        return layout.address(element, cpu);
    }

    /** Bytes of all CPUs' values together, each rounded up to 8. */
    int userSize() {
        return stride * cpus;
    }

    /** Copies the values of all CPUs out, with the bytes they are rounded up by. */
    void read(int element, ValueFields fields, byte[] out) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            fields.read(sandbox, address(element, cpu), out, cpu * stride, stride);
        }
    }

    /** Stores the values of all CPUs, one after the other at {@code from}. */
    void writeAll(int element, ValueFields fields, long from) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            fields.copy(sandbox, from + (long) cpu * stride, address(element, cpu), stride);
        }
    }

    /** Stores one CPU's value and zeros for the others. */
    void writeOne(int element, int cpu, long from) {
        for (int other = 0; other < cpus; other++) {
            if (other != cpu) {
                sandbox.fill(address(element, other), stride, (byte) 0);
            }
        }
        sandbox.copy(from, address(element, cpu), valueSize);
    }
}
