package dev.skep.compiler.ir;

/**
 * A pointer.
 *
 * @param provenance what it points into, as the kernel's verifier tells pointers apart
 * @param nullable true until a comparison with null has excluded that it is null
 */
public record Pointer(Provenance provenance, boolean nullable) implements Type {
    /** What a pointer points into. */
    public enum Provenance {
        /** A {@link StackSlot}. */
        STACK,
        /** The program's context. */
        CONTEXT,
        /** Packet bytes: to be compared with {@link #PACKET_END} before it is followed; lost when a helper changes the packet. */
        PACKET,
        /** Where the packet ends: only compared with. */
        PACKET_END,
        /** The bytes before a packet, up to its start. */
        PACKET_METADATA,
        /** A map itself, an argument of helpers. */
        MAP,
        /** A value of a map, or a global. */
        MAP_VALUE,
        /** Memory that a helper gave: a ring buffer's record, a dynptr's slice. */
        MEMORY,
        /** A kernel structure described by BTF: may be loaded from directly. */
        KERNEL,
        /** An address in the kernel that only a probe read may follow. */
        KERNEL_ADDRESS,
        /** An address of a user process. */
        USER_ADDRESS,
        /** A function, for callbacks. */
        FUNCTION,
        /** Anything else: passed on, never followed. */
        OPAQUE
    }

    /** A pointer that is not null. */
    public static Pointer to(Provenance provenance) {
        return new Pointer(provenance, false);
    }

    /** A pointer that may be null. */
    public static Pointer nullable(Provenance provenance) {
        return new Pointer(provenance, true);
    }

    /** The same pointer once it is known not to be null. */
    public Pointer checked() {
        return new Pointer(provenance, false);
    }
}
