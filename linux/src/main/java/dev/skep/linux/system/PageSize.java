package dev.skep.linux.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of the machine's memory pages, in which {@code mmap(2)} counts. */
public final class PageSize {
    /** What the kernel tells a process at its start: pairs of a kind and a value, see getauxval(3). */
    private static final Path AUXILIARY_VECTOR = Path.of("/proc/self/auxv");

    /** {@code AT_PAGESZ} of include/uapi/linux/auxvec.h. */
    private static final long AT_PAGESZ = 6;

    private static final int BYTES = read();

    private PageSize() {}

    /** In bytes: 4096 on most machines, a power of two on all. */
    public static int bytes() {
        return BYTES;
    }

    /** {@code length} rounded up to whole pages. */
    public static long roundUp(long length) {
        return (length + BYTES - 1) & -BYTES;
    }

    /** From a file and not by getpagesize(3), since to link a C function takes a JVM that has just started 10 ms. */
    private static int read() {
        try {
            LongBuffer pairs = ByteBuffer.wrap(Files.readAllBytes(AUXILIARY_VECTOR))
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
            while (pairs.remaining() >= 2) {
                if (pairs.get() == AT_PAGESZ) {
                    return Math.toIntExact(pairs.get());
                }
                pairs.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + AUXILIARY_VECTOR, e);
        }
        throw new IllegalStateException(AUXILIARY_VECTOR + " does not say how large a page is");
    }
}
