package dev.skep.trace.type;

/** Whose memory a pointer points into. */
public enum AddressSpace {
    /** The kernel's. */
    KERNEL,
    /** A process's. */
    USER,
    /** Not known: depends on where the pointer is used. */
    UNKNOWN
}
