package dev.skep.linux.map;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.MappedMemory;
import dev.skep.linux.system.PageSize;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The values of an array created with {@code BPF_F_MMAPABLE} (globals among them), or the pages of an arena, as memory shared with
 * programs: reading and writing are plain loads and stores, seen by both sides at once. Closing unmaps it.
 *
 * <pre>{@code
 * try (MapMemory globals = map.memory(true)) {
 *     globals.all().set(ValueLayout.JAVA_INT, 0, 42);
 * }
 * }</pre>
 */
public final class MapMemory implements AutoCloseable {
    private static final int BPF_F_MMAPABLE = 1 << 10; // linux/bpf.h

    private final MapSpec spec;
    private final MappedMemory mapped;
    private final long stride;
    private final MemorySegment all;

    private MapMemory(MapSpec spec, MappedMemory mapped, long stride, long length) {
        this.spec = spec;
        this.mapped = mapped;
        this.stride = stride;
        this.all = mapped.segment().asSlice(0, length);
    }

    static MapMemory of(MapSpec spec, FileDescriptor descriptor, boolean writable) {
        if ((spec.flags() & BPF_F_MMAPABLE) == 0) {
            throw new HostException(
                    Errno.EINVAL,
                    "map " + spec.name() + " (" + spec.type()
                            + ") was not created with BPF_F_MMAPABLE, so it cannot be mapped into memory");
        }
        int protection = MappedMemory.PROT_READ | (writable ? MappedMemory.PROT_WRITE : 0);
        String what = "map " + spec.name();
        long entries = Integer.toUnsignedLong(spec.maxEntries());
        if (spec.type() == MapType.ARENA) {
            long length = entries * PageSize.bytes();
            return new MapMemory(spec, arena(spec, descriptor, length, protection), PageSize.bytes(), length);
        }
        long stride = (spec.valueSize() + 7L) & ~7L;
        long length = stride * entries;
        return new MapMemory(
                spec, MappedMemory.map(descriptor, 0, PageSize.roundUp(length), protection, what), stride, length);
    }

    /** Pointers that programs put there are addresses of user space, so the pages have to lie where they say. */
    private static MappedMemory arena(MapSpec spec, FileDescriptor descriptor, long length, int protection) {
        String what = "arena " + spec.name();
        try {
            return spec.mapExtra() == 0
                    ? MappedMemory.map(descriptor, 0, length, protection, what)
                    : MappedMemory.mapAt(spec.mapExtra(), descriptor, length, protection, what);
        } catch (HostException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            String advice =
                    "; one that was mapped before can be mapped at the same address only: give it one (map_extra)";
            throw new HostException(e.errno(), e.getMessage() + advice);
        }
    }

    /** All values, each at a multiple of 8 bytes; all pages of an arena. Touching it after {@link #close()} throws. */
    public MemorySegment all() {
        return all;
    }

    /** One value; a page of an arena. @throws IndexOutOfBoundsException if {@code index} is not below {@code max_entries} */
    public MemorySegment value(int index) {
        Objects.checkIndex(index, all.byteSize() / stride);
        return all.asSlice(index * stride, spec.type() == MapType.ARENA ? stride : spec.valueSize());
    }

    @Override
    public void close() {
        mapped.close();
    }
}
