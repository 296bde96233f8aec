package dev.skep.linux.system;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** The size of the machine's memory pages, in which {@code mmap(2)} counts. */
public final class PageSize {
    private static final int BYTES = ask();

    private PageSize() {}

    /** In bytes: 4096 on most machines, a power of two on all. */
    public static int bytes() {
        return BYTES;
    }

    /** {@code length} rounded up to whole pages. */
    public static long roundUp(long length) {
        return (length + BYTES - 1) & -BYTES;
    }

    private static int ask() {
        Linker linker = Linker.nativeLinker();
        try {
            return (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("getpagesize"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT))
                    .invokeExact();
        } catch (Throwable e) { // what invokeExact declares; the C function throws nothing
            throw new ExceptionInInitializerError(e);
        }
    }
}
