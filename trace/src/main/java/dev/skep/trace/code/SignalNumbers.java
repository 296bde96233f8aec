package dev.skep.trace.code;

import java.util.List;
import java.util.Optional;

/** The numbers of signals by name (asm-generic/signal.h; the same on x86 and AArch64). */
final class SignalNumbers {
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private SignalNumbers() {}

    /** From 1; with or without {@code SIG}. */
    static Optional<Integer> of(String name) {
        int index = NAMES.indexOf(name.startsWith("SIG") ? name.substring(3) : name);
        return index < 0 ? Optional.empty() : Optional.of(index + 1);
    }
}
