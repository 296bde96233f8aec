package dev.skep.verifier.kernel;

/** What a type of program may do with pointers into the packet: {@code may_access_direct_pkt_data}, kernel/bpf/verifier.c. */
public enum PacketAccess {
    /** It has none. */
    NONE,
    READ,
    READ_WRITE
}
