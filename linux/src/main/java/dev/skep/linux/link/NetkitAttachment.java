package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetworkInterface;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.NetworkPoint.Netkit.End;
import dev.skep.object.attach.Ordering.Position;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;

/**
 * Netkit: a pair of devices like veth in which programs decide what becomes of each packet that leaves one end, in an
 * order as at TCX. Programs for both ends are attached through the primary device, so that a container has no say.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, new NetworkPoint.Netkit("nk0", End.PEER, Ordering.LAST));
 * }</pre>
 *
 * <p>A link since Linux 6.7 ({@link NetworkLinkKind#NETKIT}), which is when the devices came; there is no older way.
 */
final class NetkitAttachment {
    private static final OrderingFields ORDERING =
            new OrderingFields(LinkCreate.FLAGS, LinkCreate.NETKIT_RELATIVE_ID, LinkCreate.NETKIT_EXPECTED_REVISION);

    private NetkitAttachment() {}

    static LinuxLink attach(LinuxProgram program, NetworkPoint.Netkit point) {
        AttachFailure.requireType(program, point, ProgramType.SCHED_CLS);
        NetworkInterface target = Interfaces.named(point.networkInterface());
        AttachType type = point.end() == End.PRIMARY ? AttachType.NETKIT_PRIMARY : AttachType.NETKIT_PEER;
        if (point.ordering().position() instanceof Position.Replace(int replaced)) {
            return RowReplacement.attach(program, point, target.index(), type, replaced, point.ordering());
        }
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.TARGET_IFINDEX, target.index())
                    .set(LinkCreate.ATTACH_TYPE, type.number());
            ORDERING.set(attr, point.ordering(), 0);
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (NetworkLinkKind.NETKIT.isMissing(result)) {
                throw AttachFailure.needs(NetworkLinkKind.NETKIT, program, point, "netkit");
            }
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, likelyCause(result, point, target));
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    private static String likelyCause(long result, NetworkPoint.Netkit point, NetworkInterface target) {
        return switch (SystemFailure.errno(result)) {
            case ENXIO, EINVAL ->
                target.kind().orElse("").equals("netkit")
                        ? RowFailure.likelyCause(result, point.ordering())
                        : target.name() + " is of kind " + target.kind().orElse("hardware or loopback")
                                + ", not netkit; or the kernel lacks CONFIG_NETKIT";
            case EACCES -> target.name() + " is the peer of its pair: attach through the primary device";
            default -> RowFailure.likelyCause(result, point.ordering());
        };
    }
}
