package dev.skep.verifier;

/**
 * How to verify.
 *
 * @param strictAlignment {@code BPF_F_STRICT_ALIGNMENT}: as on machines without unaligned access
 * @param unprivileged the rules for who has neither CAP_BPF nor CAP_PERFMON
 * @param instructionLimit instructions followed over all paths before giving up; the kernel's is 1,000,000
 * @param branchLimit branches waiting to be followed before giving up; the kernel's is 8192
 * @param pathLimit steps of the failing path that a rejection keeps, the last ones
 * @param repairs how many changed programs are verified to find fixes of a rejected one that help; 0 to try none
 */
public record VerifierOptions(
        boolean strictAlignment, boolean unprivileged, int instructionLimit, int branchLimit, int pathLimit, int repairs) {
    /** As the kernel verifies for root on x86-64 ({@code BPF_COMPLEXITY_LIMIT_INSNS}, {@code BPF_COMPLEXITY_LIMIT_JMP_SEQ}). */
    public static final VerifierOptions DEFAULT = new VerifierOptions(false, false, 1_000_000, 8192, 4096, 0);

    /** The same with alignment strict or not. */
    public VerifierOptions withStrictAlignment(boolean strict) {
        return new VerifierOptions(strict, unprivileged, instructionLimit, branchLimit, pathLimit, repairs);
    }

    /** The same for a user without privileges, or with. */
    public VerifierOptions withUnprivileged(boolean without) {
        return new VerifierOptions(strictAlignment, without, instructionLimit, branchLimit, pathLimit, repairs);
    }

    /** The same with another limit of instructions. */
    public VerifierOptions withInstructionLimit(int instructions) {
        return new VerifierOptions(strictAlignment, unprivileged, instructions, branchLimit, pathLimit, repairs);
    }

    /** The same, trying so many changed programs to find fixes that help; 12 are enough for most. */
    public VerifierOptions withRepairs(int attempts) {
        return new VerifierOptions(
                strictAlignment, unprivileged, instructionLimit, branchLimit, pathLimit, attempts);
    }
}
