package dev.skep.linux.netlink;

import static dev.skep.linux.netlink.RouteMessage.LWTUNNEL_ENCAP_BPF;
import static dev.skep.linux.netlink.RouteMessage.LWTUNNEL_ENCAP_SEG6_LOCAL;
import static dev.skep.linux.netlink.RouteMessage.LWT_BPF_PROG_FD;
import static dev.skep.linux.netlink.RouteMessage.LWT_BPF_PROG_NAME;
import static dev.skep.linux.netlink.RouteMessage.LWT_BPF_XMIT_HEADROOM;
import static dev.skep.linux.netlink.RouteMessage.RTA_DST;
import static dev.skep.linux.netlink.RouteMessage.RTA_ENCAP;
import static dev.skep.linux.netlink.RouteMessage.RTA_ENCAP_TYPE;
import static dev.skep.linux.netlink.RouteMessage.RTA_GATEWAY;
import static dev.skep.linux.netlink.RouteMessage.RTA_OIF;
import static dev.skep.linux.netlink.RouteMessage.RTM_DELROUTE;
import static dev.skep.linux.netlink.RouteMessage.RTM_NEWROUTE;

import dev.skep.linux.system.FileDescriptor;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A route whose packets pass a program (lightweight tunnel): {@code ip route add ... encap bpf}.
 *
 * @param destination the network's address @param prefixLength how many of its bits count
 * @param gateway the next hop; empty if the destination is on the interface's own network
 * @param hook where on the way the program runs
 * @param headroom bytes the program may put in front of a packet, 0 to 256, at {@link Hook#XMIT}
 */
public record TunnelRoute(
        InetAddress destination,
        int prefixLength,
        NetworkInterface networkInterface,
        Optional<InetAddress> gateway,
        Hook hook,
        int headroom) {
    private static final int NLM_F_REPLACE = 0x100;
    private static final int NLM_F_EXCL = 0x200;
    private static final int NLM_F_CREATE = 0x400;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    /** Where on a packet's way a route's program runs. */
    public enum Hook {
        /** When a packet that came in is routed. */
        IN(RouteMessage.LWT_BPF_IN),
        /** When a packet of this machine is routed. */
        OUT(RouteMessage.LWT_BPF_OUT),
        /** Before a packet is sent. */
        XMIT(RouteMessage.LWT_BPF_XMIT),
        /** A segment routing endpoint of its own ({@code End.BPF}), IPv6 only. */
        SEGMENT(0);

        private final int attribute;

        Hook(int attribute) {
            this.attribute = attribute;
        }
    }

    /**
     * Adds the route.
     *
     * @param name by which listings call the program, and by which alone the kernel compares programs of routes: one
     *     per program
     * @throws NetlinkException EEXIST if there is such a route
     */
    public void add(NetlinkSocket socket, FileDescriptor program, String name) {
        NetlinkRequest request = request(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
        send(socket, request, program, name, "add " + this);
    }

    /** Has the route's packets pass another program. @throws NetlinkException ENOENT if it is gone */
    public void replace(NetlinkSocket socket, FileDescriptor program, String name) {
        NetlinkRequest request = request(RTM_NEWROUTE, NLM_F_REPLACE);
        send(socket, request, program, name, "replace the program of " + this);
    }

    /**
     * Removes the route. The kernel compares all of it, for IPv4 also the program's name, and leaves others' alone.
     *
     * @throws NetlinkException ESRCH if it is gone, ENODEV if the interface is
     */
    public void delete(NetlinkSocket socket, FileDescriptor program, String name) {
        NetlinkRequest request = request(RTM_DELROUTE, 0);
        send(socket, request, program, name, "delete " + this);
    }

    private NetlinkRequest request(int type, int flags) {
        NetlinkRequest request = new NetlinkRequest(type, flags)
                .u8(destination instanceof Inet4Address ? AF_INET : AF_INET6)
                .u8(prefixLength)
                .zeros(2)
                .u8(RouteMessage.RT_TABLE_MAIN)
                .u8(RouteMessage.RTPROT_STATIC)
                .u8(gateway.isPresent() ? RouteMessage.RT_SCOPE_UNIVERSE : RouteMessage.RT_SCOPE_LINK)
                .u8(RouteMessage.RTN_UNICAST)
                .u32(0)
                .attribute(RTA_DST, destination.getAddress())
                .attribute(RTA_OIF, networkInterface.index());
        gateway.ifPresent(address -> request.attribute(RTA_GATEWAY, address.getAddress()));
        return request;
    }

    private void send(
            NetlinkSocket socket, NetlinkRequest request, FileDescriptor program, String name, String attempted) {
        program.with(number -> {
            encapsulate(request, number, name);
            return socket.request(request, attempted);
        });
    }

    private void encapsulate(NetlinkRequest request, int program, String name) {
        int type = hook == Hook.SEGMENT ? LWTUNNEL_ENCAP_SEG6_LOCAL : LWTUNNEL_ENCAP_BPF;
        request.attribute(RTA_ENCAP_TYPE, new byte[] {(byte) type, 0}); // __u16, little-endian
        request.nested(RTA_ENCAP, tunnel -> {
            if (hook == Hook.SEGMENT) {
                tunnel.attribute(RouteMessage.SEG6_LOCAL_ACTION, RouteMessage.SEG6_LOCAL_ACTION_END_BPF)
                        .nested(
                                RouteMessage.SEG6_LOCAL_BPF,
                                end -> end.attribute(RouteMessage.SEG6_LOCAL_BPF_PROG, program)
                                        .attribute(RouteMessage.SEG6_LOCAL_BPF_PROG_NAME, name));
                return;
            }
            tunnel.nested(
                    hook.attribute,
                    end -> end.attribute(LWT_BPF_PROG_FD, program).attribute(LWT_BPF_PROG_NAME, name));
            if (headroom != 0) {
                tunnel.attribute(LWT_BPF_XMIT_HEADROOM, headroom);
            }
        });
    }

    /** For example {@code the route 10.1.0.0/16 through eth0}. */
    @Override
    public String toString() {
        return "the route " + destination.getHostAddress() + "/" + prefixLength + " through " + networkInterface.name();
    }
}
