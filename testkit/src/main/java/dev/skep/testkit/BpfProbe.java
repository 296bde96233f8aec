package dev.skep.testkit;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/** Asks the kernel itself, once per test run, whether this process may use {@code bpf(2)}. */
final class BpfProbe {
    private static final int BPF_MAP_CREATE = 0; // include/uapi/linux/bpf.h, enum bpf_cmd
    private static final int BPF_MAP_TYPE_HASH = 1; // enum bpf_map_type

    /** A hash map needs CAP_BPF even where unprivileged bpf(2) is allowed for array maps. */
    private static final Optional<String> WHY_FORBIDDEN = probe();

    private BpfProbe() {}

    /** Why {@code bpf(2)} cannot be used here; empty if it can. */
    static Optional<String> whyForbidden() {
        return WHY_FORBIDDEN;
    }

    private static Optional<String> probe() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("bpf(2) needs Linux, this is " + System.getProperty("os.name"));
        }
        long number;
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> number = 321; // arch/x86/entry/syscalls/syscall_64.tbl
            case "aarch64", "riscv64" -> number = 280; // include/uapi/asm-generic/unistd.h
            default -> {
                return Optional.of("the number of bpf(2) on " + System.getProperty("os.arch") + " is not known here");
            }
        }
        Linker linker = Linker.nativeLinker();
        MemoryLayout errnoLayout = Linker.Option.captureStateLayout();
        MethodHandle syscall = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(1));
        MethodHandle close = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("close"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(errnoLayout);
            // union bpf_attr for BPF_MAP_CREATE: map_type, key_size, value_size, max_entries, map_flags
            MemorySegment attr = arena.allocateFrom(ValueLayout.JAVA_INT, BPF_MAP_TYPE_HASH, 4, 4, 1, 0);
            long fd = (long) syscall.invokeExact(errno, number, (long) BPF_MAP_CREATE, attr, attr.byteSize());
            if (fd < 0) {
                int code = errno.get(ValueLayout.JAVA_INT, 0);
                return Optional.of("the kernel refuses bpf(2) to this process: errno " + code
                        + (code == 1
                                ? " (EPERM: needs root or CAP_BPF)"
                                : code == 38 ? " (ENOSYS: built without)" : ""));
            }
            int _ = (int) close.invokeExact((int) fd);
            return Optional.empty();
        } catch (Throwable e) { // what invokeExact declares
            throw new IllegalStateException("calling bpf(2)", e);
        }
    }
}
