package dev.skep.linux.link;

import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetlinkException;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.netlink.TunnelRoute;
import dev.skep.linux.netlink.TunnelRoute.Hook;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.program.ProgramType;
import java.net.InetAddress;

/**
 * Lightweight tunnels: a route of its own, whose packets a program sees (LWT_IN, LWT_OUT), may rewrite and encapsulate
 * (LWT_XMIT) or handle as a segment routing endpoint (LWT_SEG6LOCAL).
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, new NetworkPoint.TunnelRoute("10.1.0.0/16", "eth0", Optional.empty(), 0));
 * }</pre>
 *
 * <p>By netlink (Linux 4.10, segments 4.18); there is no link. Closing deletes the route.
 */
final class RouteLink extends DirectLink {
    private static final int HEADROOM_LIMIT = 256; // LWT_BPF_MAX_HEADROOM of linux/lwtunnel.h

    private final NetlinkSocket socket;
    private final TunnelRoute route;
    private String label;

    private RouteLink(
            LinuxProgram program,
            NetworkPoint.TunnelRoute point,
            Holdings holdings,
            FileDescriptor attached,
            NetlinkSocket socket,
            TunnelRoute route) {
        super(program, point, holdings, attached);
        this.socket = socket;
        this.route = route;
        this.label = label(program.spec().name(), attached);
    }

    static LinuxLink attach(LinuxProgram program, NetworkPoint.TunnelRoute point) {
        AttachFailure.requireType(
                program,
                point,
                ProgramType.LWT_IN,
                ProgramType.LWT_OUT,
                ProgramType.LWT_XMIT,
                ProgramType.LWT_SEG6LOCAL);
        Holdings holdings = new Holdings();
        try {
            NetlinkSocket socket = holdings.hold(NetlinkSocket.open());
            FileDescriptor attached = holdings.hold(program.descriptor().duplicate());
            TunnelRoute route = route(program, point, socket);
            route.add(socket, attached, label(program.spec().name(), attached));
            return new RouteLink(program, point, holdings, attached, socket, route);
        } catch (RuntimeException e) {
            holdings.close();
            throw e instanceof NetlinkException refusal
                    ? AttachFailure.refused(refusal, program, point, likelyCause(refusal))
                    : e;
        }
    }

    /**
     * What the route calls the program. The kernel tells programs of routes apart by this alone: with an unchanged
     * label it would keep the old program on an update, and delete a route with another.
     */
    private static String label(String name, FileDescriptor program) {
        return name + ":" + ProgramInfo.of(program).id();
    }

    private static TunnelRoute route(LinuxProgram program, NetworkPoint.TunnelRoute point, NetlinkSocket socket) {
        Hook hook = switch (program.spec().type()) {
            case LWT_IN -> Hook.IN;
            case LWT_OUT -> Hook.OUT;
            case LWT_XMIT -> Hook.XMIT;
            default -> Hook.SEGMENT;
        };
        if (point.headroom() < 0 || point.headroom() > (hook == Hook.XMIT ? HEADROOM_LIMIT : 0)) {
            throw malformed(
                    point,
                    "a headroom of " + point.headroom() + " bytes",
                    "give 0 to " + HEADROOM_LIMIT + " for a program of type LWT_XMIT, 0 for others");
        }
        int slash = point.destination().indexOf('/');
        InetAddress destination = address(
                point, slash < 0 ? point.destination() : point.destination().substring(0, slash));
        int bits = destination.getAddress().length * Byte.SIZE;
        int prefix = slash < 0 ? bits : prefixLength(point, point.destination().substring(slash + 1), bits);
        return new TunnelRoute(
                destination,
                prefix,
                new Interfaces(socket).byName(point.networkInterface()),
                point.gateway().map(text -> address(point, text)),
                hook,
                point.headroom());
    }

    private static InetAddress address(NetworkPoint.TunnelRoute point, String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw malformed(point, text + " is not an IP address", "write 10.1.0.0/16 or fd00::/8, no host names");
        }
    }

    private static int prefixLength(NetworkPoint.TunnelRoute point, String text, int bits) {
        if (text.matches("\\d{1,3}") && Integer.parseInt(text) <= bits) {
            return Integer.parseInt(text);
        }
        throw malformed(point, "a prefix of /" + text, "give a number of bits from 0 to " + bits);
    }

    private static InputException malformed(NetworkPoint.TunnelRoute point, String problem, String advice) {
        return new InputException(Location.in(point.describe()), problem, advice);
    }

    private static String likelyCause(NetlinkException refusal) {
        return switch (refusal.errno()) {
            case EEXIST ->
                "there is a route to this destination already: delete it, or take a more specific destination";
            case EOPNOTSUPP -> "the kernel lacks LWTUNNEL_BPF (or IPV6_SEG6_BPF)";
            case ENETDOWN -> "bring the interface up first";
            case ENETUNREACH, EHOSTUNREACH -> "no interface's network holds the gateway";
            case EINVAL -> "the destination may have bits set behind its prefix";
            case EPERM -> "routes need CAP_NET_ADMIN in the network namespace";
            default -> "";
        };
    }

    @Override
    void replace(FileDescriptor old, FileDescriptor replacement, String name) {
        String next = label(name, replacement);
        route.replace(socket, replacement, next);
        label = next;
    }

    @Override
    void detach(FileDescriptor program) {
        try {
            route.delete(socket, program, label);
        } catch (NetlinkException e) {
            switch (e.errno()) {
                case ESRCH, ENODEV, ENOENT -> {} // deleted by somebody else, or the interface is gone
                default -> throw e;
            }
        }
    }
}
