package dev.skep.testkit.corpus;

import java.util.Optional;
import java.util.Set;

/**
 * A small program, and what a verifier has to say about it.
 *
 * @param theme the file it stands in, without ending
 * @param name what is special about it, unique within the theme
 * @param line where it begins in the file
 * @param cause {@code id()} of {@code dev.skep.verifier.Cause} if the program must be rejected; empty if it must be accepted
 * @param strictAlignment whether it is loaded with {@code BPF_F_STRICT_ALIGNMENT}
 * @param capabilities of whoever loads it, of {@link #ALL_CAPABILITIES}
 * @param text what {@code dev.skep.object.assembly.Assembler.object} reads; the program is called {@code main}
 */
public record VerifierCase(
        String theme,
        String name,
        int line,
        Optional<String> cause,
        boolean strictAlignment,
        Set<String> capabilities,
        String text) {
    /** Those of capabilities(7) that decide verdicts, without {@code CAP_}. */
    public static final Set<String> ALL_CAPABILITIES = Set.of("bpf", "perfmon", "net_admin");

    public VerifierCase {
        capabilities = Set.copyOf(capabilities);
    }

    /** True if the program must be accepted. */
    public boolean isAccepted() {
        return cause.isEmpty();
    }

    /** True if who loads it lacks a capability. */
    public boolean isRestricted() {
        return !capabilities.equals(ALL_CAPABILITIES);
    }

    /** {@code packet: one byte more than compared}. Stays the same when other cases come or go. */
    public String id() {
        return theme + ": " + name;
    }

    /** {@code packet.txt:12: one byte more than compared}. */
    @Override
    public String toString() {
        return theme + ".txt:" + line + ": " + name;
    }
}
