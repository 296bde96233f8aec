package dev.skep.linux.system;

import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** Memory shared with the kernel through {@code mmap(2)}; closing unmaps it, after which touching it throws. Thread-safe. */
public final class MappedMemory implements AutoCloseable {
    /** {@code PROT_READ}, {@code PROT_WRITE} of asm-generic/mman-common.h. */
    public static final int PROT_READ = 1;

    public static final int PROT_WRITE = 2;

    private static final int MAP_SHARED = 1;
    private static final int MAP_FIXED_NOREPLACE = 0x100000; // asm-generic/mman-common.h

    private final AtomicBoolean mapped = new AtomicBoolean(true);
    private final Arena arena;
    private final MemorySegment memory;

    private MappedMemory(Arena arena, MemorySegment memory) {
        this.arena = arena;
        this.memory = memory;
    }

    /**
     * Maps {@code length} bytes of what {@code descriptor} stands for, shared.
     *
     * @param protection {@link #PROT_READ} and {@link #PROT_WRITE}
     * @param offset in bytes, a multiple of the page size
     * @param what for messages: "the ring buffer events"
     * @throws HostException if the kernel refuses
     */
    public static MappedMemory map(FileDescriptor descriptor, long offset, long length, int protection, String what) {
        return map(0, MAP_SHARED, descriptor, offset, length, protection, what);
    }

    /**
     * As {@link #map} from the beginning, at an address of the caller's choice.
     *
     * @throws HostException EEXIST if something is there already
     */
    public static MappedMemory mapAt(
            long address, FileDescriptor descriptor, long length, int protection, String what) {
        return map(address, MAP_SHARED | MAP_FIXED_NOREPLACE, descriptor, 0, length, protection, what);
    }

    private static MappedMemory map(
            long wanted, int flags, FileDescriptor descriptor, long offset, long length, int protection, String what) {
        long address = descriptor.with(
                number -> SystemCalls.call(SystemCall.MMAP, wanted, length, protection, flags, number, offset));
        SystemFailure.check(address, "map " + length + " bytes of " + what + " into memory");
        Arena arena = Arena.ofShared();
        MemorySegment memory = MemorySegment.ofAddress(address)
                .reinterpret(
                        length, arena, segment -> SystemCalls.call(SystemCall.MUNMAP, segment.address(), length, 0));
        return new MappedMemory(arena, (protection & PROT_WRITE) == 0 ? memory.asReadOnly() : memory);
    }

    /** The memory; read-only if it was mapped so. */
    public MemorySegment segment() {
        return memory;
    }

    @Override
    public void close() {
        if (mapped.getAndSet(false)) {
            try {
                arena.close();
            } catch (IllegalStateException e) {
                mapped.set(true); // somebody is in the midst of using it: closing can be tried again
                throw e;
            }
        }
    }
}
