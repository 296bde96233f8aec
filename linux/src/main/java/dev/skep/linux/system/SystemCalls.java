package dev.skep.linux.system;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Makes system calls. Results are the kernel's own: a value of at least 0, or a negative error number (see
 * {@link SystemFailure}). Nothing is allocated per call.
 *
 * <p>Addresses are passed as numbers: the caller keeps the memory alive until the call returns (an open arena does, an automatic
 * one does not by itself). A call that may block holds on to the carrier of a virtual thread: make it on a platform thread.
 */
public final class SystemCalls {
    private static final MethodHandle SYSCALL = link();

    private SystemCalls() {}

    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        ValueLayout.OfLong number = ValueLayout.JAVA_LONG;
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(number, number, number, number, number, number, number, number),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(1));
    }

    /**
     * Does ahead what the first call would do: has Java link C's {@code syscall}. That takes a JVM that has just started some 30 ms, so
     * who knows that there will be calls does it on a thread of its own, while something else goes on.
     */
    public static void prepare() {
        long _ = call(SystemCall.CLOSE, -1, 0, 0); // which is no file descriptor: EBADF
    }

    /** Makes a call with up to three arguments. */
    public static long call(SystemCall call, long first, long second, long third) {
        return call(call, first, second, third, 0, 0, 0);
    }

    /** Makes a call; arguments it does not take are ignored. @return at least 0, or a negative error number */
    public static long call(SystemCall call, long first, long second, long third, long fourth, long fifth, long sixth) {
        ErrnoCell cell = ErrnoCell.take();
        try {
            return call(cell.segment, call, first, second, third, fourth, fifth, sixth);
        } finally {
            cell.giveBack();
        }
    }

    /** The same with a place of the caller's own for {@code errno}, from {@link #newErrno}, which no other thread uses meanwhile. */
    public static long call(
            MemorySegment errno,
            SystemCall call,
            long first,
            long second,
            long third,
            long fourth,
            long fifth,
            long sixth) {
        try {
            long result =
                    (long) SYSCALL.invokeExact(errno, (long) call.number(), first, second, third, fourth, fifth, sixth);
            return result == -1 ? -errno.get(ValueLayout.JAVA_INT, 0) : result;
        } catch (Throwable e) { // what invokeExact declares; the C function throws nothing
            throw new IllegalStateException("calling " + call, e);
        }
    }

    /** A place for {@code errno}, for those who make many calls. */
    public static MemorySegment newErrno() {
        return Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    }

    /** The address of the memory a call gets; 0 for an empty segment. */
    public static long address(MemorySegment segment) {
        return segment.byteSize() == 0 ? 0 : segment.address();
    }
}
