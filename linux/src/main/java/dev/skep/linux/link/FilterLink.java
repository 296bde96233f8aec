package dev.skep.linux.link;

import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.netlink.ClsactQdisc;
import dev.skep.linux.netlink.Filter;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetlinkException;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.netlink.NetworkInterface;
import dev.skep.linux.netlink.TrafficControl;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.Direction;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Traffic control's classic way (Linux 4.1, direct action 4.4, clsact 4.5): a filter of kind {@code bpf} in an
 * interface's clsact qdisc, beside those of {@code tc} and others.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, NetworkPoint.Tc.last("eth0", Direction.EGRESS));
 * }</pre>
 *
 * <p>The qdisc is made if it is missing, and removed with the last filter if it was made here. The filter is known by
 * its priority and handle; before it is removed, the program's id is compared, so that another's is left alone.
 */
final class FilterLink extends DirectLink {
    private static final int HIGHEST_PRIORITY = 0xffff;
    private static final int USUAL_PRIORITY = 0xc000; // what the kernel gives the first filter, net/sched/cls_api.c

    private final ClsactQdisc qdisc;
    private final TrafficControl filters;
    private final Filter filter;
    private final boolean directAction;

    private FilterLink(
            LinuxProgram program,
            AttachPoint point,
            Holdings holdings,
            FileDescriptor attached,
            ClsactQdisc qdisc,
            TrafficControl filters,
            Filter filter,
            boolean directAction) {
        super(program, point, holdings, attached);
        this.qdisc = qdisc;
        this.filters = filters;
        this.filter = filter;
        this.directAction = directAction;
    }

    /** @param priority chosen in view of the filters there are */
    private record Wish(
            String networkInterface,
            Direction direction,
            ToIntFunction<List<Filter>> priority,
            int handle,
            boolean directAction) {}

    static LinuxLink attach(LinuxProgram program, NetworkPoint.Tc point) {
        AttachFailure.requireType(program, point, ProgramType.SCHED_CLS);
        ToIntFunction<List<Filter>> priority = point.priority() == 0 ? FilterLink::afterAll : _ -> point.priority();
        Wish wish =
                new Wish(point.networkInterface(), point.direction(), priority, point.handle(), point.directAction());
        return attach(program, point, wish);
    }

    /** After all filters there are. */
    static LinuxLink last(LinuxProgram program, AttachPoint point, String networkInterface, Direction direction) {
        return attach(program, point, new Wish(networkInterface, direction, FilterLink::afterAll, 0, true));
    }

    /** Before all filters there are. */
    static LinuxLink first(LinuxProgram program, AttachPoint point, String networkInterface, Direction direction) {
        // Asked for priority 0, the kernel takes the one before the first filter's.
        return attach(program, point, new Wish(networkInterface, direction, _ -> 0, 0, true));
    }

    private static LinuxLink attach(LinuxProgram program, AttachPoint point, Wish wish) {
        Holdings holdings = new Holdings();
        try {
            NetlinkSocket socket = holdings.hold(NetlinkSocket.open());
            FileDescriptor attached = holdings.hold(program.descriptor().duplicate());
            NetworkInterface target = new Interfaces(socket).byName(wish.networkInterface());
            ClsactQdisc qdisc = new ClsactQdisc(socket, target);
            TrafficControl filters = new TrafficControl(socket, target, wish.direction());
            Filter filter = qdisc.whileAdding(() -> {
                refuseEgressAtIngress(program, point, wish.direction(), qdisc);
                int priority = wish.priority().applyAsInt(filters.list());
                return filters.add(
                        priority, wish.handle(), attached, program.spec().name(), wish.directAction());
            });
            return new FilterLink(program, point, holdings, attached, qdisc, filters, filter, wish.directAction());
        } catch (RuntimeException e) {
            holdings.close();
            throw e instanceof NetlinkException refusal ? explain(refusal, program, point) : e;
        }
    }

    /** The kernel would accept the filter and run it for packets that come in. */
    private static void refuseEgressAtIngress(
            LinuxProgram program, AttachPoint point, Direction direction, ClsactQdisc qdisc) {
        if (direction == Direction.EGRESS && qdisc.kind().orElse("").equals("ingress")) {
            throw AttachFailure.because(
                    Errno.EOPNOTSUPP,
                    program,
                    point,
                    "a qdisc of kind ingress is in the place of clsact, and has no egress; whoever has put it there must "
                            + "replace it");
        }
    }

    private static int afterAll(List<Filter> there) {
        return there.stream().mapToInt(Filter::priority).max().stream()
                .map(last -> Math.min(last + 1, HIGHEST_PRIORITY))
                .findFirst()
                .orElse(USUAL_PRIORITY);
    }

    private static HostException explain(NetlinkException refusal, LinuxProgram program, AttachPoint point) {
        String cause = switch (refusal.errno()) {
            case EEXIST -> "there is a filter with this priority and handle: choose others, or 0";
            case ENODEV -> "the interface has just gone";
            case EINVAL, EOPNOTSUPP, ENOENT ->
                "the priority may be used by filters of another kind or protocol, or the kernel lacks NET_CLS_BPF";
            case EPERM -> "filters need CAP_NET_ADMIN in the interface's network namespace";
            default -> "";
        };
        return AttachFailure.refused(refusal, program, point, cause);
    }

    @Override
    void replace(FileDescriptor old, FileDescriptor replacement, String name) {
        if (!isOurs(old)) {
            throw new HostException(
                    Errno.ENOENT,
                    "cannot update " + this + ": the filter with priority " + filter.priority() + " and handle "
                            + filter.handle() + " is gone, or another program's");
        }
        filters.replace(filter, replacement, name, directAction);
    }

    @Override
    void detach(FileDescriptor program) {
        try {
            if (isOurs(program)) {
                qdisc.whileRemoving(() -> filters.delete(filter));
            } else {
                qdisc.forget();
            }
        } catch (NetlinkException e) {
            switch (e.errno()) {
                case ENODEV, ENOENT, EINVAL -> qdisc.forget(); // the interface, the filter or the whole qdisc has gone
                default -> throw e;
            }
        }
    }

    private boolean isOurs(FileDescriptor program) {
        int id = ProgramInfo.of(program).id();
        return filters.list().stream()
                .anyMatch(there -> there.priority() == filter.priority()
                        && there.handle() == filter.handle()
                        && there.program().orElse(0) == id);
    }
}
