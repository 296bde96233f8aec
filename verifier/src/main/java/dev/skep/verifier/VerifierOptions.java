package dev.skep.verifier;

import dev.skep.verifier.kernel.Capability;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How to verify.
 *
 * @param strictAlignment {@code BPF_F_STRICT_ALIGNMENT}: as on machines without unaligned access
 * @param capabilities what who loads the program has; none for an ordinary user
 * @param instructionLimit instructions followed over all paths before giving up; the kernel's is 1,000,000
 * @param branchLimit branches waiting to be followed before giving up; the kernel's is 8192
 * @param pathLimit steps of the failing path that a rejection keeps, the last ones
 * @param repairs how many changed programs are verified to find fixes of a rejected one that help; 0 to try none
 * @param exactOldestKernel whether {@link Statistics#oldestKernel()} is found by verifying an accepted program again where that is
 *     needed (as long as before for programs that look up constant keys); otherwise it is the newer one of those in question
 */
public record VerifierOptions(
        boolean strictAlignment,
        Set<Capability> capabilities,
        int instructionLimit,
        int branchLimit,
        int pathLimit,
        int repairs,
        boolean exactOldestKernel) {
    /** As the kernel verifies for root on x86-64 ({@code BPF_COMPLEXITY_LIMIT_INSNS}, {@code BPF_COMPLEXITY_LIMIT_JMP_SEQ}). */
    public static final VerifierOptions DEFAULT =
            new VerifierOptions(false, Capability.ALL, 1_000_000, 8192, 4096, 0, false);

    public VerifierOptions {
        capabilities = Set.copyOf(capabilities);
    }

    /** The same with alignment strict or not. */
    public VerifierOptions withStrictAlignment(boolean strict) {
        return new VerifierOptions(
                strict, capabilities, instructionLimit, branchLimit, pathLimit, repairs, exactOldestKernel);
    }

    /** The same for who has these capabilities only. */
    public VerifierOptions withCapabilities(Set<Capability> only) {
        return new VerifierOptions(
                strictAlignment, only, instructionLimit, branchLimit, pathLimit, repairs, exactOldestKernel);
    }

    /** The same with another limit of instructions. */
    public VerifierOptions withInstructionLimit(int instructions) {
        return new VerifierOptions(
                strictAlignment, capabilities, instructions, branchLimit, pathLimit, repairs, exactOldestKernel);
    }

    /** The same, trying so many changed programs to find fixes that help; 12 are enough for most. */
    public VerifierOptions withRepairs(int attempts) {
        return new VerifierOptions(
                strictAlignment, capabilities, instructionLimit, branchLimit, pathLimit, attempts, exactOldestKernel);
    }

    /** The same, finding the oldest kernel of accepted programs exactly, or not. */
    public VerifierOptions withExactOldestKernel(boolean exact) {
        return new VerifierOptions(
                strictAlignment, capabilities, instructionLimit, branchLimit, pathLimit, repairs, exact);
    }

    /** Whether who loads the program has this capability. */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /** Those that who loads the program does not have. */
    public Set<Capability> missing(Set<Capability> needed) {
        return needed.stream().filter(capability -> !has(capability)).collect(Collectors.toUnmodifiableSet());
    }
}
