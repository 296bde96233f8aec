package dev.skep.linux.netlink;

/** {@code RTM_*LINK} messages: {@code struct ifinfomsg} (linux/rtnetlink.h) and attributes of linux/if_link.h. */
final class LinkMessage {
    static final int RTM_GETLINK = 18;
    static final int RTM_SETLINK = 19;

    /** {@code struct ifinfomsg}: family 1, pad 1, type 2, index 4, flags 4, change 4. */
    static final int SIZE = 16;

    static final int IFI_INDEX = 4;
    static final int IFI_FLAGS = 8;

    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_EXT_MASK = 29;
    static final int IFLA_XDP = 43;
    static final int IFLA_ALT_IFNAME = 53;

    static final int IFLA_INFO_KIND = 1; // in IFLA_LINKINFO

    // In IFLA_XDP.
    static final int IFLA_XDP_FD = 1;
    static final int IFLA_XDP_ATTACHED = 2;
    static final int IFLA_XDP_FLAGS = 3;
    static final int IFLA_XDP_PROG_ID = 4;
    static final int IFLA_XDP_DRV_PROG_ID = 5;
    static final int IFLA_XDP_SKB_PROG_ID = 6;
    static final int IFLA_XDP_HW_PROG_ID = 7;
    static final int IFLA_XDP_EXPECTED_FD = 8;

    private LinkMessage() {}

    /** A request whose fixed part names interface {@code index}, 0 for none. */
    static NetlinkRequest request(int type, int flags, int index) {
        return new NetlinkRequest(type, flags).u8(0).zeros(3).u32(index).zeros(8);
    }
}
