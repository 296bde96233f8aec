package dev.skep.linux.netlink;

/**
 * {@code RTM_*QDISC} and {@code RTM_*TFILTER} messages: {@code struct tcmsg} and {@code TCA_*} of linux/rtnetlink.h,
 * {@code TC_H_*} of linux/pkt_sched.h, {@code TCA_BPF_*} of linux/pkt_cls.h.
 */
final class TrafficControlMessage {
    static final int RTM_NEWQDISC = 36;
    static final int RTM_DELQDISC = 37;
    static final int RTM_GETQDISC = 38;
    static final int RTM_NEWTFILTER = 44;
    static final int RTM_DELTFILTER = 45;
    static final int RTM_GETTFILTER = 46;

    /** {@code struct tcmsg}: family 1, pad 3, ifindex 4, handle 4, parent 4, info 4. */
    static final int SIZE = 20;

    static final int TCM_IFINDEX = 4;
    static final int TCM_HANDLE = 8;
    static final int TCM_PARENT = 12;
    static final int TCM_INFO = 16;

    static final int TC_H_CLSACT = 0xfffffff1;
    static final int CLSACT_HANDLE = 0xffff0000; // TC_H_MAKE(TC_H_CLSACT, 0)
    static final int CLSACT_INGRESS = 0xfffffff2; // TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS)
    static final int CLSACT_EGRESS = 0xfffffff3;

    static final int TCA_KIND = 1;
    static final int TCA_OPTIONS = 2;

    // In TCA_OPTIONS of a filter of kind "bpf".
    static final int TCA_BPF_FD = 6;
    static final int TCA_BPF_NAME = 7;
    static final int TCA_BPF_FLAGS = 8;
    static final int TCA_BPF_ID = 11;
    static final int TCA_BPF_FLAG_ACT_DIRECT = 1;

    private TrafficControlMessage() {}

    /** A request about interface {@code index}. @param info for filters priority and protocol */
    static NetlinkRequest request(int type, int flags, int index, int handle, int parent, int info) {
        return new NetlinkRequest(type, flags)
                .u8(0)
                .zeros(3)
                .u32(index)
                .u32(handle)
                .u32(parent)
                .u32(info);
    }
}
