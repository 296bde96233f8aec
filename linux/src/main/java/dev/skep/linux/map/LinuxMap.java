package dev.skep.linux.map;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.MapElement;
import dev.skep.linux.bpf.BpfAttrLayout.Obj;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.Pin;
import dev.skep.linux.machine.PossibleCpus;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A map in the kernel. Closing it lets go of it; it stays there as long as a program, a pin or another map holds it.
 *
 * <p>Keys and values are byte arrays here, typed ones through {@link dev.skep.object.host.TypedMap}, and native memory through
 * {@link #raw()}, which allocates nothing. Maps without keys (queue, stack, bloom filter) have empty ones. Values of maps that hold
 * programs, maps or sockets are descriptors on the way in ({@link #put}) and ids on the way out. Thread-safe.
 */
public final class LinuxMap implements BpfMap, AutoCloseable {
    private final MapSpec spec;
    private final FileDescriptor descriptor;
    private final RawMap raw;
    private final EntryBatches batches;

    /** @param spec what it was created from, sizes as the kernel has them @param descriptor owned from here on */
    public LinuxMap(MapSpec spec, FileDescriptor descriptor) {
        this.spec = spec;
        this.descriptor = descriptor;
        this.raw = new RawMap(spec, descriptor, valueBytes(spec));
        this.batches = new EntryBatches(this, raw);
    }

    /** As {@code bpf_map_value_size} of kernel/bpf/syscall.c has it. */
    private static long valueBytes(MapSpec spec) {
        long size = Integer.toUnsignedLong(spec.valueSize());
        return MapFailure.isPerCpu(spec.type()) ? ((size + 7) & ~7L) * PossibleCpus.count() : size;
    }

    /** The map with this id. Its spec is what the kernel knows: {@link MapInfo#spec()}. @throws HostException if there is none */
    public static LinuxMap ofId(int id) {
        return of(ObjectKind.MAP.open(id));
    }

    /** The map pinned at a path, with the spec of {@link MapInfo#spec()}. @throws HostException if there is none */
    public static LinuxMap ofPin(Path path) {
        return of(Pin.open(path, ObjectKind.MAP));
    }

    private static LinuxMap of(FileDescriptor descriptor) {
        try {
            return new LinuxMap(MapInfo.of(descriptor).spec(), descriptor);
        } catch (HostException e) {
            descriptor.close();
            throw e;
        }
    }

    @Override
    public MapSpec spec() {
        return spec;
    }

    /** The map's descriptor. It belongs to this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** What the kernel says about it now. @throws HostException if the kernel refuses */
    public MapInfo info() {
        return MapInfo.of(descriptor);
    }

    /** The operations on native memory. */
    public RawMap raw() {
        return raw;
    }

    /** {@inheritDoc} Of a bloom filter, the key is the value to look for, and what is found. */
    @Override
    public Optional<byte[]> lookup(byte[] key) {
        if (spec.type() == MapType.BLOOM_FILTER) {
            return mayContain(key) ? Optional.of(key.clone()) : Optional.empty();
        }
        return lookup(key, ANY);
    }

    /** The value of {@code key}. @param flags 0 or {@link #LOCK} */
    public Optional<byte[]> lookup(byte[] key, long flags) {
        try (MapScratch scratch = MapScratch.take(valueOffset() + raw.valueBytes())) {
            MemorySegment value = scratch.part(valueOffset(), raw.valueBytes());
            return raw.lookup(key(scratch, key), value, flags)
                    ? Optional.of(value.toArray(ValueLayout.JAVA_BYTE))
                    : Optional.empty();
        }
    }

    @Override
    public Optional<byte[]> lookupAndDelete(byte[] key) {
        try (MapScratch scratch = MapScratch.take(valueOffset() + raw.valueBytes())) {
            MemorySegment value = scratch.part(valueOffset(), raw.valueBytes());
            return raw.lookupAndDelete(key(scratch, key), value, ANY)
                    ? Optional.of(value.toArray(ValueLayout.JAVA_BYTE))
                    : Optional.empty();
        }
    }

    @Override
    public void update(byte[] key, byte[] value, long flags) {
        if (value.length != raw.valueBytes()) {
            throw MapFailure.wrongSize(spec, "value", value.length, raw.valueBytes());
        }
        try (MapScratch scratch = MapScratch.take(valueOffset() + value.length)) {
            MemorySegment copy = scratch.part(valueOffset(), value.length);
            MemorySegment.copy(value, 0, copy, ValueLayout.JAVA_BYTE, 0, value.length);
            raw.update(key(scratch, key), copy, flags);
        }
    }

    /**
     * Stores a program, a map, a socket or whatever else such maps hold by descriptor. The map holds it from then on.
     *
     * @throws HostException EBADF or EINVAL if the descriptor is not of what the map holds
     */
    public void put(byte[] key, FileDescriptor held) {
        ByteBuffer value = ByteBuffer.allocate(spec.valueSize()).order(ByteOrder.LITTLE_ENDIAN);
        int number = held.hold();
        try {
            update(key, value.putInt(0, number).array(), ANY);
        } finally {
            held.release();
        }
    }

    /** The id of the program or map stored at {@code key}. @throws HostException ENOTSUPP if the map does not tell */
    public Optional<Integer> heldId(byte[] key) {
        return lookup(key)
                .map(value ->
                        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }

    /** Whether a bloom filter may hold a value: false is certain, true is not. */
    public boolean mayContain(byte[] value) {
        if (value.length != raw.valueBytes()) {
            throw MapFailure.wrongSize(spec, "value", value.length, raw.valueBytes());
        }
        try (MapScratch scratch = MapScratch.take(value.length)) {
            MemorySegment copy = scratch.part(0, value.length);
            MemorySegment.copy(value, 0, copy, ValueLayout.JAVA_BYTE, 0, value.length);
            return raw.lookup(MemorySegment.NULL, copy);
        }
    }

    @Override
    public boolean delete(byte[] key) {
        try (MapScratch scratch = MapScratch.take(valueOffset())) {
            return raw.delete(key(scratch, key));
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A walk by this method begins again if others remove the key it stands on, and so may show keys twice, or never end: walk with
     * {@link #forEach} if others write.
     */
    @Override
    public Optional<byte[]> nextKey(Optional<byte[]> key) {
        try (MapScratch scratch = MapScratch.take(valueOffset() + spec.keySize())) {
            MemorySegment next = scratch.part(valueOffset(), spec.keySize());
            MemorySegment from = key.isPresent() ? key(scratch, key.get()) : MemorySegment.NULL;
            return raw.nextKey(from, next) ? Optional.of(next.toArray(ValueLayout.JAVA_BYTE)) : Optional.empty();
        }
    }

    /**
     * Shows every entry that is there from the beginning to the end of the walk, once; those that come and go meanwhile may be shown
     * or not. The action may change the map.
     *
     * @throws HostException EAGAIN if others change a map other than a hash or array faster than it can be walked
     */
    public void forEach(BiConsumer<byte[], byte[]> action) {
        new MapWalk(this, action).run();
    }

    /** What {@link #forEach} shows. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        forEach((key, value) -> entries.add(new Entry(key, value)));
        return List.copyOf(entries);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where the kernel has no such operation, entries are read one by one.
     */
    @Override
    public Batch lookupBatch(Optional<byte[]> cursor, int count) {
        return batches.read(cursor, count, false);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where the kernel has no such operation, entries are taken out one by one.
     */
    @Override
    public Batch lookupAndDeleteBatch(Optional<byte[]> cursor, int count) {
        return batches.read(cursor, count, true);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where the kernel has no such operation, entries are stored one by one.
     */
    @Override
    public BatchResult updateBatch(List<Entry> entries, long flags) {
        return batches.update(entries, flags);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where the kernel has no such operation, entries are removed one by one.
     */
    @Override
    public BatchResult deleteBatch(List<byte[]> keys) {
        return batches.delete(keys);
    }

    /**
     * The values as memory shared with programs, for arrays with {@code BPF_F_MMAPABLE} (Linux 5.5) and arenas (6.9).
     *
     * @throws HostException EINVAL if the map cannot be mapped; EPERM or EACCES if it is to be written but is frozen or constant
     */
    public MapMemory memory(boolean writable) {
        return MapMemory.of(spec, descriptor, writable);
    }

    @Override
    public void freeze() {
        try (BpfAttr attr = BpfAttr.take()) {
            long result = attr.set(MapElement.MAP_FD, descriptor).call(BpfCommand.MAP_FREEZE);
            if (result == Errno.EBUSY.negated()) {
                throw new HostException(
                        Errno.EBUSY,
                        "cannot freeze " + this + ": it is being written to, or mapped into memory for writing");
            }
            if (result < 0) {
                throw MapFailure.of(result, "freeze", spec, descriptor, MemorySegment.NULL, 0);
            }
        }
    }

    /** Keeps the map under a path in a bpf file system. @throws HostException if the kernel refuses */
    public void pin(Path path) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(Obj.PATHNAME, arena.allocateFrom(path.toString())).set(Obj.BPF_FD, descriptor);
            attr.call(BpfCommand.OBJ_PIN, "pin map " + spec.name() + " at " + path);
        }
    }

    /** Where values lie in the scratch memory, behind the key. */
    private long valueOffset() {
        return (spec.keySize() + 7L) & ~7L;
    }

    private MemorySegment key(MapScratch scratch, byte[] key) {
        if (key.length != spec.keySize()) {
            throw MapFailure.wrongSize(spec, "key", key.length, spec.keySize());
        }
        if (key.length == 0) {
            return MemorySegment.NULL;
        }
        MemorySegment copy = scratch.part(0, key.length);
        MemorySegment.copy(key, 0, copy, ValueLayout.JAVA_BYTE, 0, key.length);
        return copy;
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return "map " + spec.name() + " (" + spec.type() + ")";
    }
}
