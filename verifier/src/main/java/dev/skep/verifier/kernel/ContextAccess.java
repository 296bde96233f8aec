package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import java.util.Set;

/** What an access to the context, or to a socket structure, gives. */
public sealed interface ContextAccess {
    /** A number, zero-extended if narrower than a register. Stores are of this kind too. */
    record Number() implements ContextAccess {}

    /** The start of the packet: {@code PTR_TO_PACKET}. */
    record PacketData() implements ContextAccess {}

    /** The start of the metadata before the packet: {@code PTR_TO_PACKET_META}. */
    record PacketMeta() implements ContextAccess {}

    /** The end of the packet: {@code PTR_TO_PACKET_END}. */
    record PacketEnd() implements ContextAccess {}

    /** {@code struct bpf_flow_keys}, {@value #SIZE} bytes, to read and write: {@code PTR_TO_FLOW_KEYS}. */
    record FlowKeys() implements ContextAccess {
        /** Of {@code struct bpf_flow_keys}, linux/bpf.h. */
        public static final int SIZE = 56;
    }

    /** The buffer of a writable tracepoint: {@code PTR_TO_TP_BUFFER}. Its size is checked when the program attaches. */
    record TracepointBuffer() implements ContextAccess {}

    /** A socket of the verifier's own kinds. */
    record Socket(SocketKind kind, boolean orNull) implements ContextAccess {}

    /** A kernel structure by its BTF type, trusted and not null: {@code PTR_TO_BTF_ID | PTR_TRUSTED}. */
    record KernelObject(String btfType) implements ContextAccess {}

    /** Only for who has these capabilities. @param access what they get */
    record Restricted(String field, Set<Capability> needed, ContextAccess access) implements ContextAccess {
        public Restricted {
            needed = Set.copyOf(needed);
        }
    }

    /** A later kernel has this field. */
    record TooNew(String field, KernelVersion since) implements ContextAccess {}

    /** Not allowed. @param why for people; the kernel says {@code invalid bpf_context access} for all */
    record Denied(String why) implements ContextAccess {}
}
