package dev.skep.lang.context;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Unsigned;

/** A socket: {@code struct bpf_sock} of linux/bpf.h. */
@KernelName("bpf_sock")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class BpfSock extends Context {
    /** Index of the interface that it is bound to. */
    @Unsigned
    public int bound_dev_if;

    /** Address family. */
    @Unsigned
    public int family;

    /** Kind of socket. */
    @Unsigned
    public int type;

    /** Protocol. */
    @Unsigned
    public int protocol;

    /** Its mark. */
    @Unsigned
    public int mark;

    /** Its priority. */
    @Unsigned
    public int priority;

    /** Its own IPv4 address. */
    @BigEndian
    @Unsigned
    public int src_ip4;

    /** Its own IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] src_ip6;

    /** Its own port. */
    @Unsigned
    public int src_port;

    /** The other port. */
    @BigEndian
    @Unsigned
    public short dst_port;

    /** The other IPv4 address. */
    @BigEndian
    @Unsigned
    public int dst_ip4;

    /** The other IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] dst_ip6;

    /** State of the connection. */
    @Unsigned
    public int state;

    /** Queue that packets arrive by, -1 if unknown. */
    public int rx_queue_mapping;
}
