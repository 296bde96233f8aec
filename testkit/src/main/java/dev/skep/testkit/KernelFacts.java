package dev.skep.testkit;

import java.util.Optional;

/** What decides whether a kernel has a feature. */
interface KernelFacts {
    /** What {@code uname -r} says. */
    String release();

    /** Whether the kernel's BTF has the name; empty if there is no BTF to look into. */
    Optional<Boolean> names(String enumerator);

    /** Where the options that the kernel was built with were found; empty if nowhere. */
    Optional<KernelConfig> config();

    /** Whether {@code bpf} is among the active security modules; empty if that cannot be told. */
    Optional<Boolean> hasBpfSecurityModule();

    /** Whether programs of the kind are refused with EPERM, though {@code bpf(2)} as such is allowed. */
    boolean forbids(KernelFeature.ProgramKind kind);
}
