package dev.skep.engine.memory;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Reserves address space without committing memory. {@code Arena.allocate} would write zeros to all 4 GiB, so this asks the
 * system directly: anonymous mmap(2) without swap reservation.
 */
final class Reservation {
    /** The page size {@link #discard} works with; a multiple of the system's on every machine Skep runs on. */
    static final long PAGE = 65_536;

    // asm-generic/mman-common.h, asm-generic/mman.h: the same on x86-64, AArch64 and RISC-V.
    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;
    private static final int MADV_DONTNEED = 4;

    private static final MethodHandle MMAP = handle(
            "mmap",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG));
    private static final MethodHandle MUNMAP =
            handle("munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle MADVISE = handle(
            "madvise",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private Reservation() {}

    /**
     * {@code size} zero bytes that live as long as {@code arena}.
     *
     * @throws HostException ENOMEM if the system refuses
     */
    static MemorySegment reserve(long size, Arena arena) {
        long address;
        try {
            address = (long) MMAP.invokeExact(0L, size, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
        if (address == -1) {
            throw new HostException(
                    Errno.ENOMEM,
                    "reserving " + size + " bytes of address space for the sandbox; is a limit set (ulimit -v)?");
        }
        return MemorySegment.ofAddress(address).reinterpret(size, arena, segment -> unmap(segment, size));
    }

    /** Gives the memory behind {@code part} back to the system; it reads as zeros afterwards. Page-aligned parts only. */
    static void discard(MemorySegment part) {
        int result;
        try {
            result = (int) MADVISE.invokeExact(part.address(), part.byteSize(), MADV_DONTNEED);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
        if (result != 0) {
            part.fill((byte) 0);
        }
    }

    private static void unmap(MemorySegment segment, long size) {
        try {
            int ignored = (int) MUNMAP.invokeExact(segment.address(), size);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
}
