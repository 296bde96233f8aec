package dev.skep.engine.map;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A live map of the engine, seen from both sides: from programs by sandbox address, from Java by bytes ({@link BpfMap}).
 * Values live in the sandbox, so that a program can hold pointers to them.
 *
 * <p><b>The program's side.</b> The methods of this class take and return what the kernel's helpers do: sandbox addresses, 0
 * or a negated errno. None allocates. {@code cpu} is the number of the logical CPU the program runs on, {@code 0 ..
 * possibleCpus-1}. The value addresses a run was given stay valid, and belong to no other key, until it ends (see {@link
 * Maps#runStarts}).
 *
 * <p><b>The user's side.</b> The methods of {@link BpfMap}, usable from any thread. A value is read and stored as a whole;
 * only a program that writes through its own pointer meanwhile can be seen half way. Every failure other than "no such entry"
 * is a {@link HostException} with the kernel's errno. Keys and values of a wrong length are {@code EINVAL}, a closed map is
 * {@code EBADF}.
 */
public abstract class EngineMap extends UserSide implements AutoCloseable {
    final Maps maps;
    private final int id;
    private final long handle;
    private final AtomicInteger owners = new AtomicInteger(1);

    EngineMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.maps = home.maps();
        this.id = home.id();
        this.handle = MapDescriptor.write(spec, id, blocks, sandbox);
    }

    /** The number that stands for this map where bpf(2) has a map's file descriptor or id: at least 1, never used again. */
    public final int id() {
        return id;
    }

    /**
     * What programs hold as {@code struct bpf_map *}: the address of a read-only region with the map's type, key size, value
     * size, number of entries, flags and id, 32 bits each.
     */
    public final long handle() {
        return handle;
    }

    /** True unless created with {@code BPF_F_WRONLY_PROG}: a verifier lets programs read values only then. */
    public final boolean programMayRead() {
        return (spec.flags() & MapFlags.WRONLY_PROG) == 0;
    }

    /** True unless created with {@code BPF_F_RDONLY_PROG}: a verifier lets programs write only then. */
    public final boolean programMayWrite() {
        return (spec.flags() & MapFlags.RDONLY_PROG) == 0;
    }

    /** {@code bpf_map_lookup_elem}: the address of the value of the key at {@code key}, or 0. */
    public long lookupElement(long key, int cpu) {
        return 0;
    }

    /**
     * {@code bpf_map_lookup_percpu_elem}: the address of the value that belongs to {@code otherCpu}, or 0. Only per-CPU kinds
     * have one.
     */
    public long lookupPerCpuElement(long key, long otherCpu) {
        return 0;
    }

    /** {@code bpf_map_update_elem}. @return 0 or a negated errno; EACCES if programs may not write */
    public final long updateElement(long key, long value, long flags, int cpu) {
        return programMayWrite() ? updateEntry(key, value, flags, cpu) : Errno.EACCES.negated();
    }

    /** {@code bpf_map_delete_elem}. @return 0 or a negated errno; EACCES if programs may not write */
    public final long deleteElement(long key, int cpu) {
        return programMayWrite() ? deleteEntry(key, cpu) : Errno.EACCES.negated();
    }

    /** {@code bpf_map_push_elem}. @return 0 or a negated errno; EACCES if programs may not write */
    public final long pushElement(long value, long flags) {
        return programMayWrite() ? pushEntry(value, flags) : Errno.EACCES.negated();
    }

    /**
     * {@code bpf_map_pop_elem}: removes the next element and stores it at {@code value}.
     *
     * @return 0 or a negated errno; EACCES if programs may not write
     */
    public final long popElement(long value) {
        return programMayWrite() ? popEntry(value) : Errno.EACCES.negated();
    }

    /** {@code bpf_map_peek_elem}: stores the next element at {@code value}. @return 0 or a negated errno */
    public long peekElement(long value) {
        return Errno.EOPNOTSUPP.negated();
    }

    /**
     * {@code bpf_for_each_map_elem}: shows every element to {@code visitor}, arrays by index, hashes in no promised order. The
     * visitor may change the map; elements inserted meanwhile may or may not be seen.
     *
     * @return how many elements were visited, the one that ended the walk included; {@code -EINVAL} if the kind has no walk
     */
    public long forEachElement(int cpu, ElementVisitor visitor) {
        return Errno.EINVAL.negated();
    }

    /**
     * Where a program's {@code BPF_PSEUDO_MAP_VALUE} points: an address inside the map's only value.
     *
     * @param offset bytes from the start of the value
     * @throws HostException ENOTSUPP if the map is no array with a single entry, EINVAL if the value is shorter
     */
    public long directValue(long offset) {
        throw refusal(Errno.ENOTSUPP, "address of a value", "only an array with a single entry has one");
    }

    /** Where the values are, if a program finds one by multiplying: for arrays whose values all CPUs share. */
    public Optional<ArrayElements> arrayElements() {
        return Optional.empty();
    }

    /** {@link #lookupElement} for who keeps it as a constant; kinds that programs seldom look into have none. */
    public Optional<ElementLookup> elementLookup() {
        return Optional.empty();
    }

    /** Called by a program while it walks over elements. */
    @FunctionalInterface
    public interface ElementVisitor {
        /**
         * One element.
         *
         * @param key address of a copy of the key, valid during the call
         * @param value address of the value, the current CPU's in per-CPU kinds
         * @return 0 to go on, anything else to stop
         */
        long visit(long key, long value);
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        return Errno.ENOTSUPP.negated();
    }

    // What a kind fills in, for both sides.

    long updateEntry(long key, long value, long flags, int cpu) {
        return Errno.EOPNOTSUPP.negated();
    }

    long deleteEntry(long key, int cpu) {
        return Errno.EOPNOTSUPP.negated();
    }

    long pushEntry(long value, long flags) {
        return Errno.EOPNOTSUPP.negated();
    }

    long popEntry(long value) {
        return Errno.EOPNOTSUPP.negated();
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        return (int) updateEntry(key, value, flags, 0);
    }

    @Override
    int userDelete(long key) {
        return (int) deleteEntry(key, 0);
    }

    // Life and death: the map's creator and every map of maps that holds it own it.

    /** Another owner, for example a program that is bound to it. @return false if the map is gone already */
    public final boolean addOwner() {
        int before = owners.getAndUpdate(n -> n == 0 ? 0 : n + 1);
        return before != 0;
    }

    /** The end of {@link #addOwner}: without any owner the map goes. */
    public final void dropOwner() {
        if (owners.decrementAndGet() == 0) {
            maps.retire(this);
        }
    }

    /** Ends the user's side. The memory goes back to the sandbox once no map of maps and no running program holds it. */
    @Override
    public final void close() {
        if (closeUserSide()) {
            dropOwner();
        }
    }

    /** Called once, when nobody can reach the map any more. */
    void free() {
        blocks.releaseAll();
    }

    /** For example {@code map flows (BPF_MAP_TYPE_HASH)}. */
    @Override
    public String toString() {
        return "map " + spec.name() + " (" + spec.type().uapiName() + ")";
    }
}
