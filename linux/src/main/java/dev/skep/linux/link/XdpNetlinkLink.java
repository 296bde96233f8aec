package dev.skep.linux.link;

import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetlinkException;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.netlink.NetworkInterface;
import dev.skep.linux.netlink.XdpHook;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.host.HostException;

/**
 * XDP by netlink. The kernel is told each time which program is expected there ({@code IFLA_XDP_EXPECTED_FD}, Linux
 * 5.7), so that another's is never replaced or detached.
 */
final class XdpNetlinkLink extends DirectLink {
    private final XdpHook hook;

    private XdpNetlinkLink(
            LinuxProgram program, NetworkPoint.Xdp point, Holdings holdings, FileDescriptor attached, XdpHook hook) {
        super(program, point, holdings, attached);
        this.hook = hook;
    }

    static XdpNetlinkLink attach(LinuxProgram program, NetworkPoint.Xdp point) {
        Holdings holdings = new Holdings();
        try {
            NetlinkSocket socket = holdings.hold(NetlinkSocket.open());
            FileDescriptor attached = holdings.hold(program.descriptor().duplicate());
            NetworkInterface target = new Interfaces(socket).byName(point.networkInterface());
            XdpHook hook = new XdpHook(socket, target, XdpAttachment.flags(point.mode()));
            attach(hook, attached, program, point, target);
            return new XdpNetlinkLink(program, point, holdings, attached, hook);
        } catch (RuntimeException e) {
            holdings.close();
            throw e;
        }
    }

    private static void attach(
            XdpHook hook,
            FileDescriptor attached,
            LinuxProgram program,
            NetworkPoint.Xdp point,
            NetworkInterface target) {
        try {
            hook.attach(attached);
        } catch (NetlinkException e) {
            throw AttachFailure.refused(
                    e, program, point, XdpAttachment.likelyCause(e.errno().negated(), point, target));
        }
    }

    @Override
    void replace(FileDescriptor old, FileDescriptor replacement, String name) {
        hook.replace(old, replacement);
    }

    @Override
    void detach(FileDescriptor program) {
        try {
            hook.detach(program);
        } catch (HostException e) {
            switch (e.errno()) {
                case ENODEV, EEXIST, ENOENT -> {} // the interface is gone; another's program is there, or none
                default -> throw e;
            }
        }
    }
}
