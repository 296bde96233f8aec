package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetworkInterface;
import dev.skep.linux.netlink.NetworkInterface.XdpPlace;
import dev.skep.linux.netlink.XdpHook;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;

/**
 * XDP: a program sees each frame an interface receives, in the driver before the kernel has made a packet of it
 * (native), in the generic path after that, or in the card itself (offload). One per interface.
 *
 * <pre>{@code
 * try (LinuxLink link = host.attach(program, new NetworkPoint.Xdp("eth0", Mode.ANY))) { ... }
 * }</pre>
 *
 * <p>A link since Linux 5.9 ({@link NetworkLinkKind#XDP}), by netlink before that ({@link XdpNetlinkLink}).
 */
final class XdpAttachment {
    private XdpAttachment() {}

    static LinuxLink attach(LinuxProgram program, NetworkPoint.Xdp point) {
        AttachFailure.requireType(program, point, ProgramType.XDP);
        NetworkInterface target = Interfaces.named(point.networkInterface());
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.TARGET_IFINDEX, target.index())
                    .set(LinkCreate.ATTACH_TYPE, AttachType.XDP.number())
                    .set(LinkCreate.FLAGS, flags(point.mode()));
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (NetworkLinkKind.XDP.isMissing(result)) {
                return XdpNetlinkLink.attach(program, point);
            }
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, likelyCause(result, point, target));
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    static int flags(NetworkPoint.Xdp.Mode mode) {
        return switch (mode) {
            case ANY -> 0;
            case GENERIC -> XdpHook.SKB_MODE;
            case NATIVE -> XdpHook.DRV_MODE;
            case OFFLOAD -> XdpHook.HW_MODE;
        };
    }

    static int flags(XdpPlace place) {
        return switch (place) {
            case GENERIC -> XdpHook.SKB_MODE;
            case NATIVE -> XdpHook.DRV_MODE;
            case OFFLOADED -> XdpHook.HW_MODE;
        };
    }

    /** By the refusals of dev_xdp_attach (net/core/dev.c) and of the drivers. */
    static String likelyCause(long result, NetworkPoint.Xdp point, NetworkInterface target) {
        return switch (SystemFailure.errno(result)) {
            case EBUSY ->
                "an XDP program is attached there already (" + attached(target) + "): detach it or update its link";
            case EEXIST ->
                "an XDP program is attached there in another mode (" + attached(target)
                        + "); native and generic exclude each other";
            case EOPNOTSUPP ->
                point.mode() == NetworkPoint.Xdp.Mode.OFFLOAD
                        ? "the card cannot run XDP programs: use mode NATIVE or GENERIC"
                        : "the driver has no native XDP, or not with the features now on: use mode GENERIC";
            case EINVAL ->
                point.mode() == NetworkPoint.Xdp.Mode.OFFLOAD
                        ? "the program must be loaded for the card it is to run on"
                        : "an MTU of " + target.mtu()
                                + " may be too large for XDP without fragments (section xdp.frags), or the "
                                + "program was loaded for a device, DEVMAP or CPUMAP";
            case ERANGE, EMSGSIZE ->
                "the MTU (" + target.mtu() + " here; a veth's peer counts) is too large for native XDP: "
                        + "lower it, use mode GENERIC, or let the program take fragments (section xdp.frags)";
            case ENODEV -> "the interface has just gone";
            case ENOSPC -> "too few queues or rings for native XDP: the driver needs one per CPU";
            default -> "";
        };
    }

    private static String attached(NetworkInterface target) {
        return target.xdp().isEmpty() ? "just come" : "program ids by place: " + target.xdp();
    }
}
