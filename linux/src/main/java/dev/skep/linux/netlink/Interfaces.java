package dev.skep.linux.netlink;

import static dev.skep.linux.netlink.LinkMessage.IFI_FLAGS;
import static dev.skep.linux.netlink.LinkMessage.IFI_INDEX;
import static dev.skep.linux.netlink.LinkMessage.IFLA_ALT_IFNAME;
import static dev.skep.linux.netlink.LinkMessage.IFLA_EXT_MASK;
import static dev.skep.linux.netlink.LinkMessage.IFLA_IFNAME;
import static dev.skep.linux.netlink.LinkMessage.IFLA_INFO_KIND;
import static dev.skep.linux.netlink.LinkMessage.IFLA_LINKINFO;
import static dev.skep.linux.netlink.LinkMessage.IFLA_MTU;
import static dev.skep.linux.netlink.LinkMessage.IFLA_XDP;
import static dev.skep.linux.netlink.LinkMessage.RTM_GETLINK;

import dev.skep.linux.netlink.NetworkInterface.XdpPlace;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Finds network interfaces in a socket's network namespace. */
public final class Interfaces {
    private static final int IFNAMSIZ = 16; // linux/if.h, with the zero byte
    private static final int RTEXT_FILTER_SKIP_STATS = 1 << 3;

    private final NetlinkSocket socket;

    /** @param socket in whose namespace to look; stays the caller's */
    public Interfaces(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * The interface with this name or alternative name, in the calling thread's network namespace.
     *
     * @throws HostException ENODEV, naming the interfaces there are, if there is none
     */
    public static NetworkInterface named(String name) {
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            return new Interfaces(socket).byName(name);
        }
    }

    /** The interface with this name or alternative name. @throws HostException ENODEV if there is none */
    public NetworkInterface byName(String name) {
        boolean tooLong = name.getBytes(StandardCharsets.UTF_8).length >= IFNAMSIZ;
        NetlinkRequest request = LinkMessage.request(RTM_GETLINK, 0, 0)
                .attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS)
                .attribute(tooLong ? IFLA_ALT_IFNAME : IFLA_IFNAME, name);
        return found(request, "interface " + name)
                .orElseThrow(() -> new HostException(
                        Errno.ENODEV,
                        "there is no network interface " + name + " in this "
                                + "network namespace; there are "
                                + list().stream().map(NetworkInterface::name).collect(Collectors.joining(", "))));
    }

    /** The interface with this number; empty if it is gone. */
    public Optional<NetworkInterface> byIndex(int index) {
        NetlinkRequest request =
                LinkMessage.request(RTM_GETLINK, 0, index).attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        return found(request, "interface " + index);
    }

    private Optional<NetworkInterface> found(NetlinkRequest request, String what) {
        try {
            return socket.request(request, "look up " + what).stream()
                    .map(Interfaces::read)
                    .findFirst();
        } catch (HostException e) {
            if (e.errno() == Errno.ENODEV) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All interfaces. */
    public List<NetworkInterface> list() {
        NetlinkRequest request =
                LinkMessage.request(RTM_GETLINK, 0, 0).attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        return socket.dump(request, "list the network interfaces").stream()
                .map(Interfaces::read)
                .toList();
    }

    private static NetworkInterface read(NetlinkMessage message) {
        Attributes attributes = message.attributes(LinkMessage.SIZE);
        return new NetworkInterface(
                message.u32(IFI_INDEX),
                attributes.text(IFLA_IFNAME).orElse(""),
                message.u32(IFI_FLAGS),
                attributes.number(IFLA_MTU).orElse(0),
                attributes.nested(IFLA_LINKINFO).text(IFLA_INFO_KIND),
                xdp(attributes.nested(IFLA_XDP)));
    }

    /**
     * {@code IFLA_XDP_ATTACHED} says in which mode {@code IFLA_XDP_PROG_ID} runs; kernels before 4.18 tell of no other
     * id.
     */
    private static Map<XdpPlace, Integer> xdp(Attributes xdp) {
        Map<XdpPlace, Integer> programs = new EnumMap<>(XdpPlace.class);
        put(programs, XdpPlace.GENERIC, xdp.number(LinkMessage.IFLA_XDP_SKB_PROG_ID));
        put(programs, XdpPlace.NATIVE, xdp.number(LinkMessage.IFLA_XDP_DRV_PROG_ID));
        put(programs, XdpPlace.OFFLOADED, xdp.number(LinkMessage.IFLA_XDP_HW_PROG_ID));
        int attached = xdp.number(LinkMessage.IFLA_XDP_ATTACHED).orElse(0);
        XdpPlace[] byNumber = {XdpPlace.NATIVE, XdpPlace.GENERIC, XdpPlace.OFFLOADED}; // XDP_ATTACHED_DRV is 1
        if (programs.isEmpty() && attached >= 1 && attached <= byNumber.length) {
            put(programs, byNumber[attached - 1], xdp.number(LinkMessage.IFLA_XDP_PROG_ID));
        }
        return programs;
    }

    private static void put(Map<XdpPlace, Integer> programs, XdpPlace place, OptionalInt id) {
        if (id.isPresent() && id.getAsInt() != 0) {
            programs.put(place, id.getAsInt());
        }
    }
}
