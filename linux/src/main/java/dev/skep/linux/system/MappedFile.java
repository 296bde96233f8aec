package dev.skep.linux.system;

import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file's content as memory of our own ({@code MAP_PRIVATE}), for files that cannot be mapped shared, as {@link
 * java.nio.channels.FileChannel} would: those of sysfs.
 */
public final class MappedFile {
    private static final int PROT_READ = 1; // asm-generic/mman-common.h
    private static final int MAP_PRIVATE = 2; // linux/mman.h

    private MappedFile() {}

    /**
     * Maps a file for reading.
     *
     * @return its first {@code length} bytes, mapped for as long as the segment is reachable; empty if the file cannot be mapped
     * @throws HostException if it cannot be opened
     */
    public static Optional<MemorySegment> map(Path file, long length) {
        try (FileDescriptor descriptor = FileDescriptor.open(file, FileDescriptor.O_RDONLY)) {
            long address = descriptor.with(
                    number -> SystemCalls.call(SystemCall.MMAP, 0, length, PROT_READ, MAP_PRIVATE, number, 0));
            if (address < 0) {
                return Optional.empty();
            }
            return Optional.of(MemorySegment.ofAddress(address)
                    .reinterpret(
                            length,
                            Arena.ofAuto(),
                            memory -> SystemCalls.call(SystemCall.MUNMAP, memory.address(), length, 0))
                    .asReadOnly());
        }
    }
}
