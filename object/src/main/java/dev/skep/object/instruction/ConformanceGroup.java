package dev.skep.object.instruction;

/**
 * The conformance groups of RFC 9669, section 2.4, and one for what the RFC does not cover.
 *
 * @see <a href="https://www.iana.org/assignments/bpf-instructions">the IANA registry of BPF instructions</a>
 */
public enum ConformanceGroup {
    /** Every implementation has these. */
    BASE32,
    /** 64-bit operations; includes BASE32. */
    BASE64,
    /** 32-bit atomic operations: section 5.3. */
    ATOMIC32,
    /** 64-bit atomic operations; includes ATOMIC32. */
    ATOMIC64,
    /** 32-bit multiplication, division and remainder: section 4.1. */
    DIVMUL32,
    /** 64-bit multiplication, division and remainder; includes DIVMUL32. */
    DIVMUL64,
    /** Legacy packet access: section 5.5, historical. */
    PACKET,
    /** Not in the RFC: added by the Linux kernel or by clang since. */
    EXTENSION
}
