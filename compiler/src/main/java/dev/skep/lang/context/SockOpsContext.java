package dev.skep.lang.context;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Unsigned;

/** An event of a TCP connection: {@code struct bpf_sock_ops} of linux/bpf.h. */
@KernelName("bpf_sock_ops")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class SockOpsContext extends Context {
    /** Which event ({@code BPF_SOCK_OPS_*}). */
    @Unsigned
    public int op;

    /** The event's arguments. */
    @Length(4)
    @Unsigned
    public int[] args;

    /** Address family. */
    @Unsigned
    public int family;

    /** Remote IPv4 address. */
    @BigEndian
    @Unsigned
    public int remote_ip4;

    /** Local IPv4 address. */
    @BigEndian
    @Unsigned
    public int local_ip4;

    /** Remote IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] remote_ip6;

    /** Local IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] local_ip6;

    /** Remote port, in network byte order. */
    @Unsigned
    public int remote_port;

    /** Local port. */
    @Unsigned
    public int local_port;

    /** 1 if fields of the connection may be read. */
    @Unsigned
    public int is_fullsock;

    /** Congestion window, in segments. */
    @Unsigned
    public int snd_cwnd;

    /** Smoothed round-trip time, in microseconds, times 8. */
    @Unsigned
    public int srtt_us;

    /** Which events are called for. */
    @Unsigned
    public int bpf_sock_ops_cb_flags;

    /** State of the connection. */
    @Unsigned
    public int state;

    /** Least round-trip time, in microseconds. */
    @Unsigned
    public int rtt_min;
}
