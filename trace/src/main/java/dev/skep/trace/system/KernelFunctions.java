package dev.skep.trace.system;

import java.util.List;
import java.util.OptionalLong;

/** The kernel's functions and their addresses. */
public interface KernelFunctions {
    /**
     * A function that kprobes can be set on.
     *
     * @param module {@code vmlinux} for the kernel's own
     */
    record Function(String module, String name) {}

    /** Those that match, sorted by module ({@code vmlinux} first) and name. */
    List<Function> matching(NamePattern module, NamePattern name);

    /** Whether kprobes can be set on a function with this name, of the kernel or of any module. */
    boolean isTraceable(String name);

    /** Whether one program can be attached to many functions at once ({@code kprobe.multi}). */
    default boolean areAttachedTogether() {
        return false;
    }

    /** Where a function or variable is; empty if there is none, or addresses are hidden ({@code kernel.kptr_restrict}). */
    OptionalLong address(String symbol);
}
