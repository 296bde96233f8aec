package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.link.ProgAttachLink.Exchange;
import dev.skep.linux.link.ProgAttachLink.Hook;
import dev.skep.linux.link.ProgAttachLink.Target;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.attach.Direction;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.Ordering;
import dev.skep.object.attach.Ordering.Position;
import dev.skep.object.host.Errno;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;

/**
 * TCX: programs see each packet that comes into or goes out of an interface, one program after the other in an order
 * that each can choose, before any qdisc's filters.
 *
 * <pre>{@code
 * Ordering order = Ordering.before(new Neighbour.Program(42));
 * LinuxLink link = host.attach(program, new NetworkPoint.Tcx("eth0", Direction.INGRESS, order));
 * }</pre>
 *
 * <p>A link since Linux 6.6 ({@link NetworkLinkKind#TCX}). Before that first and last become a filter of the
 * interface's clsact qdisc ({@link FilterLink}) before or after the filters there are; other orderings are refused. A
 * program that replaces another one attached without a link is attached without one too.
 */
final class TcxAttachment {
    private static final OrderingFields LINK_ORDERING =
            new OrderingFields(LinkCreate.FLAGS, LinkCreate.TCX_RELATIVE_ID, LinkCreate.TCX_EXPECTED_REVISION);

    private TcxAttachment() {}

    static LinuxLink attach(LinuxProgram program, NetworkPoint.Tcx point) {
        AttachFailure.requireType(program, point, ProgramType.SCHED_CLS);
        int index = Interfaces.named(point.networkInterface()).index();
        AttachType type = type(point);
        if (point.ordering().position() instanceof Position.Replace(int replaced)) {
            return RowReplacement.attach(program, point, index, type, replaced, point.ordering());
        }
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.TARGET_IFINDEX, index)
                    .set(LinkCreate.ATTACH_TYPE, type.number());
            LINK_ORDERING.set(attr, point.ordering(), 0);
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (NetworkLinkKind.TCX.isMissing(result)) {
                return asFilter(program, point);
            }
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, RowFailure.likelyCause(result, point.ordering()));
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    static AttachType type(NetworkPoint.Tcx point) {
        return point.direction() == Direction.INGRESS ? AttachType.TCX_INGRESS : AttachType.TCX_EGRESS;
    }

    /** By {@code BPF_PROG_ATTACH}, so that it outlives its process; behind what is there. */
    static LinuxLink attachWithoutLink(LinuxProgram program, NetworkPoint.Tcx point) {
        AttachFailure.requireType(program, point, ProgramType.SCHED_CLS);
        if (!point.ordering().equals(Ordering.LAST)) {
            throw AttachFailure.because(
                    Errno.EOPNOTSUPP, program, point, "without a link it can only be put behind the others");
        }
        int index = Interfaces.named(point.networkInterface()).index();
        Holdings holdings = new Holdings();
        try {
            Target target = new Target.Interface(holdings.hold(HeldNamespace.own()), index);
            FileDescriptor attached = holdings.hold(program.descriptor().duplicate());
            Hook hook = new Hook(target, type(point), 0, Exchange.BY_NAMING_THE_OLD, true);
            long result = hook.attach(attached);
            if (NetworkLinkKind.TCX.isMissing(result)) {
                throw AttachFailure.because(
                        Errno.EOPNOTSUPP,
                        program,
                        point,
                        "TCX needs Linux " + NetworkLinkKind.TCX.since()
                                + ": until then attach it as a filter, with skep load --attach tc-"
                                + (point.direction() == Direction.INGRESS ? "ingress:" : "egress:")
                                + point.networkInterface());
            }
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, RowFailure.likelyCause(result, point.ordering()));
            }
            return new ProgAttachLink(program, point, holdings, attached, hook);
        } catch (RuntimeException e) {
            holdings.close();
            throw e;
        }
    }

    /** What an older kernel can do of it. */
    static LinuxLink asFilter(LinuxProgram program, NetworkPoint.Tcx point) {
        if (point.ordering().equals(Ordering.LAST)) {
            return FilterLink.last(program, point, point.networkInterface(), point.direction());
        }
        if (point.ordering().equals(Ordering.FIRST)) {
            return FilterLink.first(program, point, point.networkInterface(), point.direction());
        }
        throw AttachFailure.needs(NetworkLinkKind.TCX, program, point, "an ordering other than first and last");
    }
}
