package dev.skep.object.instruction;

/**
 * The instruction set versions of clang's {@code -mcpu}: each adds to the one before.
 *
 * <p>An instruction's version is the lowest {@code -mcpu} for which clang emits it without being told otherwise
 * (LLVM's {@code BPFSubtarget}, llvm/lib/Target/BPF).
 */
public enum CpuVersion {
    /** The instructions of the first eBPF. */
    V1,
    /** Adds jumps on less-than. */
    V2,
    /** Adds 32-bit arithmetic and jumps, and fetching atomic operations. */
    V3,
    /**
     * Adds signed division, sign-extending moves and loads, unconditional byte swap, {@code gotol}, stores of
     * immediates, load-acquire and store-release.
     */
    V4
}
