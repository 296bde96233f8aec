package dev.skep.verifier.kernel;

/** What an access to the context, or to a socket structure, gives. */
public sealed interface ContextAccess {
    /** A number; loads are zero-extended. Stores of numbers are of this kind too. */
    record Number() implements ContextAccess {}

    /** A number whose load must be sign-extended by the program or is one already ({@code is_retval} of an LSM or fmod_ret hook). */
    record ReturnValue() implements ContextAccess {}

    /** The start of the packet: {@code PTR_TO_PACKET}. */
    record PacketData() implements ContextAccess {}

    /** The start of the metadata before the packet: {@code PTR_TO_PACKET_META}. */
    record PacketMeta() implements ContextAccess {}

    /** The end of the packet: {@code PTR_TO_PACKET_END}. */
    record PacketEnd() implements ContextAccess {}

    /** {@code struct bpf_flow_keys}: {@code PTR_TO_FLOW_KEYS}. */
    record FlowKeys() implements ContextAccess {}

    /** A socket of the verifier's own kinds. */
    record Socket(SocketKind kind, boolean orNull) implements ContextAccess {}

    /** A kernel structure by its BTF type, trusted ({@code PTR_TO_BTF_ID | PTR_TRUSTED}) or not. */
    record KernelObject(String btfType, boolean orNull, boolean trusted) implements ContextAccess {}

    /** Memory of the kernel of a size known only at run time: {@code PTR_TO_BUF}. */
    record Buffer(boolean readOnly, boolean orNull) implements ContextAccess {}

    /** Not allowed. @param why for people; the kernel says {@code invalid bpf_context access} for all */
    record Denied(String why) implements ContextAccess {}
}
