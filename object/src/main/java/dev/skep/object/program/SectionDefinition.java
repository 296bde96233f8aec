package dev.skep.object.program;

import java.util.Optional;
import java.util.Set;

/**
 * One row of {@link SectionTable}: what a section's name says about the programs in it.
 *
 * @param name the section's name, or what it starts with, without a trailing slash
 * @param match how much of a section's name must be {@code name}
 * @param expectedAttachType empty where the kernel wants 0 or the loader decides
 */
public record SectionDefinition(
        String name, Match match, ProgramType programType, Optional<AttachType> expectedAttachType, Set<Trait> traits) {

    /** {@code BPF_F_SLEEPABLE} of {@code prog_flags} (linux/bpf.h). */
    public static final int BPF_F_SLEEPABLE = 1 << 4;

    /** {@code BPF_F_XDP_HAS_FRAGS} of {@code prog_flags} (linux/bpf.h). */
    public static final int BPF_F_XDP_HAS_FRAGS = 1 << 5;

    public SectionDefinition {
        traits = Set.copyOf(traits);
    }

    /** How a section's name is compared. */
    public enum Match {
        /** {@code name} and nothing else. */
        EXACT,
        /** {@code name} alone, or {@code name/target}: libbpf's "+". */
        EXACT_OR_TARGET
    }

    /** What else follows from the name: libbpf's {@code enum sec_def_flags}. */
    public enum Trait {
        /** May be attached by its attach type alone ({@code BPF_PROG_ATTACH}). */
        ATTACHABLE,
        /** Kernels that know no expected attach type for it take the program without ({@code SEC_EXP_ATTACH_OPT}). */
        ATTACH_TYPE_OPTIONAL,
        /** The target is a function or hook found in the kernel's BTF. */
        ATTACH_BTF,
        /** May sleep. */
        SLEEPABLE,
        /** Copes with packets in several buffers. */
        XDP_FRAGS,
        /** A user-space statically defined tracepoint. */
        USDT
    }

    /** {@code prog_flags} of programs in the section. */
    public int programFlags() {
        int flags = traits.contains(Trait.SLEEPABLE) ? BPF_F_SLEEPABLE : 0;
        return traits.contains(Trait.XDP_FRAGS) ? flags | BPF_F_XDP_HAS_FRAGS : flags;
    }

    boolean matches(String section) {
        return switch (match) {
            case EXACT -> section.equals(name);
            case EXACT_OR_TARGET ->
                section.startsWith(name) && (section.length() == name.length() || section.charAt(name.length()) == '/');
        };
    }

    Optional<String> targetIn(String section) {
        return section.length() > name.length() + 1
                ? Optional.of(section.substring(name.length() + 1))
                : Optional.empty();
    }
}
