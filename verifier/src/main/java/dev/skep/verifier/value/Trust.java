package dev.skep.verifier.value;

/** How far a pointer to a kernel object can be relied on. */
public enum Trust {
    /** Reached by following pointers: probably there, and read with protection from faults. No flag of the kernel's. */
    WALKED,
    /** Known to be alive: {@code PTR_TRUSTED}. */
    TRUSTED,
    /** Alive until the RCU section ends: {@code MEM_RCU}. */
    RCU,
    /** May point to anything: {@code PTR_UNTRUSTED}. */
    UNTRUSTED
}
