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
    private int id;

    protected EngineMap(MapSpec spec, Sandbox sandbox) {
        this.spec = spec;
        this.sandbox = sandbox;
    }

    @Override
    public final MapSpec spec() {
        return spec;
    }

    /** The number user space knows it by; 0 until {@link LiveObjects#add} has given it one. */
    public final int id() {
        return id;
    }

    /** What programs hold as {@code struct bpf_map *}: no address of memory, but never 0. */
    public final long handle() {
        return LiveObjects.handle(id);
    }

    final void setId(int newId) {
        id = newId;
    }

    /** For {@code bpf_tail_call}: the id of the program at {@code index} of a prog array, 0 if there is none. */
    public int programAt(int index) {
        return 0;
    }

    /**
     * {@code bpf_map_lookup_elem}: the address of the value of the key at {@code key} (of maps of maps: the inner map's
     * handle), or 0.
     */
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
