package dev.skep.lang.context;

/** Events that sock_ops programs are called for, in {@link SockOpsContext#op}: an enumeration of linux/bpf.h without a name. */
public final class SockOpsEvent {
    /** Asks for the timeout of the first SYN, in ticks; -1 for the default. */
    public static final int BPF_SOCK_OPS_TIMEOUT_INIT = 1;

    /** Asks for the first receive window, in packets; -1 for the default. */
    public static final int BPF_SOCK_OPS_RWND_INIT = 2;

    /** A connection is about to be made. */
    public static final int BPF_SOCK_OPS_TCP_CONNECT_CB = 3;

    /** A connection that this host made is established. */
    public static final int BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB = 4;

    /** A connection that this host accepted is established. */
    public static final int BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB = 5;

    /** Asks whether the congestion control needs ECN. */
    public static final int BPF_SOCK_OPS_NEEDS_ECN = 6;

    /** Asks for the least round-trip time, in microseconds. */
    public static final int BPF_SOCK_OPS_BASE_RTT = 7;

    /** A segment is sent again after a timeout, if asked for by flags. */
    public static final int BPF_SOCK_OPS_RTO_CB = 8;

    /** A segment was sent again, if asked for by flags. */
    public static final int BPF_SOCK_OPS_RETRANS_CB = 9;

    /** The state of the connection changes, if asked for by flags. */
    public static final int BPF_SOCK_OPS_STATE_CB = 10;

    /** A socket is about to listen. */
    public static final int BPF_SOCK_OPS_TCP_LISTEN_CB = 11;

    /** A round-trip time was measured, if asked for by flags. */
    public static final int BPF_SOCK_OPS_RTT_CB = 12;

    private SockOpsEvent() {}
}
