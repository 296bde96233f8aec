package dev.skep.verifier.kernel;

/**
 * Numbers that a program must stay under.
 *
 * @param instructions slots of a program of a privileged loader ({@code BPF_COMPLEXITY_LIMIT_INSNS}, 5.2 and later)
 * @param unprivilegedInstructions {@code BPF_MAXINSNS}
 * @param processedInstructions instructions looked at on all paths together
 * @param branchStates states waiting to be looked at ({@code BPF_COMPLEXITY_LIMIT_JMP_SEQ})
 * @param statesPerInstruction {@code BPF_COMPLEXITY_LIMIT_STATES}, for unprivileged loaders
 * @param stackBytes bytes of stack over a chain of calls ({@code MAX_BPF_STACK})
 * @param callFrames {@code MAX_CALL_FRAMES}
 * @param functions functions of one program ({@code BPF_MAX_SUBPROGS})
 * @param mapsPerProgram {@code MAX_USED_MAPS}
 * @param btfsPerProgram {@code MAX_USED_BTFS}
 * @param packetOffset furthest offset into a packet ({@code MAX_PACKET_OFF})
 * @param variableOffset furthest offset added to a pointer ({@code BPF_MAX_VAR_OFF})
 * @param variableSize largest size given to a helper ({@code BPF_MAX_VAR_SIZ})
 * @param tailCallStackBytes stack of a caller whose callee may tail call (check_max_stack_depth_subprog)
 * @param loopIterations iterations of {@code bpf_loop} ({@code BPF_MAX_LOOPS})
 */
public record Limits(
        int instructions,
        int unprivilegedInstructions,
        int processedInstructions,
        int branchStates,
        int statesPerInstruction,
        int stackBytes,
        int callFrames,
        int functions,
        int mapsPerProgram,
        int btfsPerProgram,
        int packetOffset,
        int variableOffset,
        int variableSize,
        int tailCallStackBytes,
        int loopIterations) {
    /** Those of all kernels since 5.4: include/linux/bpf_verifier.h, kernel/bpf/verifier.c, include/linux/bpf.h. */
    static final Limits COMMON = new Limits(
            1_000_000, 4096, 1_000_000, 8192, 64, 512, 8, 256, 64, 64, 0xffff, 1 << 29, 1 << 29, 256, 8 << 20);
}
