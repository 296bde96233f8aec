package dev.skep.linux.netlink;

/**
 * {@code RTM_*ROUTE} messages: {@code struct rtmsg}, {@code RTA_*} (linux/rtnetlink.h), {@code LWT_BPF_*}
 * (linux/lwtunnel.h) and {@code SEG6_LOCAL_*} (linux/seg6_local.h).
 */
final class RouteMessage {
    static final int RTM_NEWROUTE = 24;
    static final int RTM_DELROUTE = 25;

    // struct rtmsg: family, dst_len, src_len, tos, table, protocol, scope, type of 1 byte each, flags 4.
    static final int RT_TABLE_MAIN = 254;
    static final int RTPROT_STATIC = 4;
    static final int RT_SCOPE_UNIVERSE = 0;
    static final int RT_SCOPE_LINK = 253;
    static final int RTN_UNICAST = 1;

    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_ENCAP_TYPE = 21;
    static final int RTA_ENCAP = 22;

    static final int LWTUNNEL_ENCAP_BPF = 6;
    static final int LWT_BPF_IN = 1;
    static final int LWT_BPF_OUT = 2;
    static final int LWT_BPF_XMIT = 3;
    static final int LWT_BPF_XMIT_HEADROOM = 4;
    static final int LWT_BPF_PROG_FD = 1; // within each of the three
    static final int LWT_BPF_PROG_NAME = 2;

    static final int LWTUNNEL_ENCAP_SEG6_LOCAL = 7;
    static final int SEG6_LOCAL_ACTION = 1;
    static final int SEG6_LOCAL_BPF = 8;
    static final int SEG6_LOCAL_ACTION_END_BPF = 15;
    static final int SEG6_LOCAL_BPF_PROG = 1; // within SEG6_LOCAL_BPF
    static final int SEG6_LOCAL_BPF_PROG_NAME = 2;

    private RouteMessage() {}
}
