package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;

/**
 * A live map of the engine, seen from both sides: from programs by sandbox address (the methods here), from Java by bytes
 * ({@link BpfMap}). Values live in the sandbox, so that a program can hold pointers to them.
 *
 * <p>Program-side methods return what the kernel's helpers return: 0 or a negated errno, an address or 0. None allocates.
 * {@code cpu} is the number of the logical CPU the program runs on, {@code 0 .. possibleCpus-1}.
 */
public abstract class EngineMap implements BpfMap, AutoCloseable {
    protected final MapSpec spec;
    protected final Sandbox sandbox;

    protected EngineMap(MapSpec spec, Sandbox sandbox) {
        this.spec = spec;
        this.sandbox = sandbox;
    }

    @Override
    public final MapSpec spec() {
        return spec;
    }

    /** {@code bpf_map_lookup_elem}: the address of the value of the key at {@code key}, or 0. */
    public long lookupElement(long key, int cpu) {
        return 0;
    }

    /** {@code bpf_map_update_elem}. */
    public long updateElement(long key, long value, long flags, int cpu) {
        return Errno.EOPNOTSUPP.negated();
    }

    /** {@code bpf_map_delete_elem}. */
    public long deleteElement(long key, int cpu) {
        return Errno.EOPNOTSUPP.negated();
    }

    /** {@code bpf_map_push_elem}. */
    public long pushElement(long value, long flags) {
        return Errno.EOPNOTSUPP.negated();
    }

    /** {@code bpf_map_pop_elem}: removes the next element and stores it at {@code value}. */
    public long popElement(long value) {
        return Errno.EOPNOTSUPP.negated();
    }

    /** {@code bpf_map_peek_elem}: stores the next element at {@code value}. */
    public long peekElement(long value) {
        return Errno.EOPNOTSUPP.negated();
    }

    /** Gives the map's memory back to the sandbox. */
    @Override
    public abstract void close();
}
