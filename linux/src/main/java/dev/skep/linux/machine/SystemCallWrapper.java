package dev.skep.linux.machine;

import java.util.Locale;
import java.util.Optional;

/** The functions through which system calls enter the kernel since Linux 4.17 (arch/.../include/asm/syscall_wrapper.h). */
public final class SystemCallWrapper {
    private SystemCallWrapper() {}

    /**
     * The function of a system call: {@code bpf} gives {@code __x64_sys_bpf} on x86-64.
     *
     * @return empty on an architecture whose naming is not known here
     */
    public static Optional<String> functionName(String systemCall) {
        Optional<String> prefix = switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> Optional.of("x64");
            case "aarch64" -> Optional.of("arm64");
            case "riscv64" -> Optional.of("riscv");
            case "s390x" -> Optional.of("s390x");
            default -> Optional.empty();
        };
        return prefix.map(architecture -> "__" + architecture + "_sys_" + systemCall);
    }
}
