package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.NetworkPoint;

/** Attaches programs on the way of packets and sockets. */
final class NetworkAttacher {
    private NetworkAttacher() {}

    static LinuxLink attach(LinuxProgram program, NetworkPoint point) {
        return switch (point) {
            case NetworkPoint.Xdp xdp -> XdpAttachment.attach(program, xdp);
            case NetworkPoint.Tcx tcx -> TcxAttachment.attach(program, tcx);
            case NetworkPoint.Tc tc -> FilterLink.attach(program, tc);
            case NetworkPoint.Netkit netkit -> NetkitAttachment.attach(program, netkit);
            case NetworkPoint.Cgroup cgroup -> CgroupAttachment.attach(program, cgroup);
            case NetworkPoint.NetworkNamespace namespace -> NamespaceAttachment.attach(program, namespace);
            case NetworkPoint.SocketMap sockets -> SocketMapAttachment.attach(program, sockets);
            case NetworkPoint.Socket socket -> SocketLink.attach(program, socket);
            case NetworkPoint.Netfilter netfilter -> NetfilterAttachment.attach(program, netfilter);
            case NetworkPoint.TunnelRoute route -> RouteLink.attach(program, route);
        };
    }
}
