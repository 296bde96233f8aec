package dev.skep.verifier.explore;

import dev.skep.object.program.AttachType;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.Optional;

/**
 * Which programs get frames outside the kernel's stack: those that may interrupt one another ({@code bpf_enable_priv_stack()} and
 * {@code bpf_prog_check_recur()}; on x86-64 and AArch64).
 */
final class PrivateStacks {
    /** A smaller frame stays on the stack ({@code BPF_PRIV_STACK_MIN_SIZE}). */
    static final int SMALLEST = 64;

    private PrivateStacks() {}

    static boolean areGivenTo(ProgramKind kind) {
        return switch (kind.type()) {
            case KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT -> true;
            case TRACING -> !kind.attachType().equals(Optional.of(AttachType.TRACE_ITER));
            default -> false;
        };
    }
}
