package dev.skep.linux.netlink;

import static dev.skep.linux.netlink.LinkMessage.IFLA_XDP;
import static dev.skep.linux.netlink.LinkMessage.IFLA_XDP_EXPECTED_FD;
import static dev.skep.linux.netlink.LinkMessage.IFLA_XDP_FD;
import static dev.skep.linux.netlink.LinkMessage.IFLA_XDP_FLAGS;
import static dev.skep.linux.netlink.LinkMessage.RTM_SETLINK;

import dev.skep.linux.system.FileDescriptor;
import java.util.List;

/**
 * Attaches XDP programs by netlink, as kernels before 5.9 need it. Attached so, a program stays when its process ends.
 */
public final class XdpHook {
    /** {@code XDP_FLAGS_*} of linux/if_link.h. */
    public static final int SKB_MODE = 1 << 1;

    public static final int DRV_MODE = 1 << 2;
    public static final int HW_MODE = 1 << 3;

    private static final int UPDATE_IF_NOEXIST = 1;
    private static final int REPLACE = 1 << 4; // since 5.7
    private static final int NONE = -1;

    private final NetlinkSocket socket;
    private final NetworkInterface networkInterface;
    private final int mode;

    /** @param mode one of the modes, or 0: the driver's if it has one */
    public XdpHook(NetlinkSocket socket, NetworkInterface networkInterface, int mode) {
        this.socket = socket;
        this.networkInterface = networkInterface;
        this.mode = mode;
    }

    /** Attaches where nothing is attached. @throws dev.skep.object.host.HostException EBUSY if something is */
    public void attach(FileDescriptor program) {
        program.with(
                number -> set(number, UPDATE_IF_NOEXIST, NONE, "attach an XDP program to " + networkInterface.name()));
    }

    /**
     * Puts one program in another's place.
     *
     * @throws dev.skep.object.host.HostException EEXIST if the other is not there
     */
    public void replace(FileDescriptor old, FileDescriptor replacement) {
        String attempted = "replace the XDP program of " + networkInterface.name();
        replacement.with(number -> old.with(expected -> set(number, REPLACE, expected, attempted)));
    }

    /** Detaches this program. @throws dev.skep.object.host.HostException EEXIST if it is not the one there, ENODEV */
    public void detach(FileDescriptor program) {
        program.with(number -> set(NONE, REPLACE, number, "detach the XDP program of " + networkInterface.name()));
    }

    private List<NetlinkMessage> set(int program, int flags, int expected, String attempted) {
        NetlinkRequest request = LinkMessage.request(RTM_SETLINK, 0, networkInterface.index())
                .nested(IFLA_XDP, xdp -> {
                    xdp.attribute(IFLA_XDP_FD, program).attribute(IFLA_XDP_FLAGS, mode | flags);
                    if (expected != NONE) {
                        xdp.attribute(IFLA_XDP_EXPECTED_FD, expected);
                    }
                });
        return socket.request(request, attempted);
    }
}
