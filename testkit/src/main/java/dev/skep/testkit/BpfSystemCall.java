package dev.skep.testkit;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.OptionalLong;

/** The system call {@code bpf(2)}, for probes: whatever it opens is closed at once. */
final class BpfSystemCall {
    private static final MethodHandle SYSCALL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.captureCallState("errno"),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle CLOSE = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("close"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private BpfSystemCall() {}

    /** The call's number on this machine's architecture; empty if it is not known here. */
    static OptionalLong number() {
        return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> OptionalLong.of(321); // arch/x86/entry/syscalls/syscall_64.tbl
            case "aarch64", "riscv64" -> OptionalLong.of(280); // include/uapi/asm-generic/unistd.h
            default -> OptionalLong.empty();
        };
    }

    /**
     * Makes the call.
     *
     * @param command of {@code enum bpf_cmd}, one that answers with a file descriptor
     * @param attributes {@code union bpf_attr}
     * @return 0 if it succeeded, else errno
     */
    static int errno(int command, MemorySegment attributes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            long fd = (long) SYSCALL.invokeExact(
                    errno, number().orElseThrow(), (long) command, attributes, attributes.byteSize());
            if (fd < 0) {
                return errno.get(ValueLayout.JAVA_INT, 0);
            }
            int _ = (int) CLOSE.invokeExact((int) fd);
            return 0;
        } catch (Throwable e) { // what invokeExact declares
            throw new IllegalStateException("calling bpf(2)", e);
        }
    }
}
