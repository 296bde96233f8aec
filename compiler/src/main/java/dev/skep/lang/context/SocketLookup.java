package dev.skep.lang.context;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Context;
import dev.skep.lang.Helper;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Unsigned;

/** A search for a socket: {@code struct bpf_sk_lookup} of linux/bpf.h. */
@KernelName("bpf_sk_lookup")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class SocketLookup extends Context {
    @Unsigned
    long cookie;
    /** Address family. */
    @Unsigned
    public int family;

    /** Protocol. */
    @Unsigned
    public int protocol;

    /** Remote IPv4 address. */
    @BigEndian
    @Unsigned
    public int remote_ip4;

    /** Remote IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] remote_ip6;

    /** Remote port. */
    @BigEndian
    @Unsigned
    public short remote_port;

    /** Local IPv4 address. */
    @BigEndian
    @Unsigned
    public int local_ip4;

    /** Local IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] local_ip6;

    /** Local port. */
    @Unsigned
    public int local_port;

    /** Index of the interface that the packet arrived on. */
    @Unsigned
    public int ingress_ifindex;

    /** Chooses the socket that the packet or connection is for. @return 0, or a negative error number */
    @Helper("SK_ASSIGN")
    public int assign(BpfSock socket, long flags) {
        throw new NotInJavaException("assign");
    }
}
