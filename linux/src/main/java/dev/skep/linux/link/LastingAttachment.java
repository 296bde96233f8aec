package dev.skep.linux.link;

import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.link.ProgAttachLink.Exchange;
import dev.skep.linux.link.ProgAttachLink.Hook;
import dev.skep.linux.link.ProgAttachLink.Target;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.netlink.NetworkInterface;
import dev.skep.linux.netlink.NetworkInterface.XdpPlace;
import dev.skep.linux.netlink.XdpHook;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Attachments that no process and no pin holds: what is attached so ({@code BPF_PROG_ATTACH}, netlink) stays until somebody
 * detaches it or the place is gone. The way before there were links, and that of bpftool's {@code attach} commands.
 *
 * <pre>{@code
 * LastingAttachment.attach(program, NetworkPoint.Cgroup.at("/sys/fs/cgroup/app.slice"));
 * LastingAttachment.detach(program, NetworkPoint.Cgroup.at("/sys/fs/cgroup/app.slice"));
 * }</pre>
 */
public final class LastingAttachment {
    private LastingAttachment() {}

    /**
     * Attaches beside what is there, where several programs can be.
     *
     * @param point XDP, a TCX row, a control group, a map of sockets, or the calling thread's network namespace
     * @throws HostException EBUSY, EEXIST if there can be only one and there is one; EOPNOTSUPP for other places
     */
    public static void attach(LinuxProgram program, NetworkPoint point) {
        LinuxLink link = switch (point) {
            case NetworkPoint.Xdp xdp -> {
                AttachFailure.requireType(program, xdp, ProgramType.XDP);
                yield XdpNetlinkLink.attach(program, xdp);
            }
            case NetworkPoint.Tcx tcx -> TcxAttachment.attachWithoutLink(program, tcx);
            case NetworkPoint.Cgroup cgroup -> CgroupAttachment.attachWithoutLink(program, cgroup);
            case NetworkPoint.SocketMap map -> SocketMapAttachment.attachWithoutLink(program, map);
            case NetworkPoint.NetworkNamespace namespace -> {
                AttachFailure.requireType(program, namespace, ProgramType.FLOW_DISSECTOR);
                requireOwn(program, namespace);
                yield NamespaceAttachment.attachFlowDissector(program, namespace);
            }
            default -> throw cannot(program, point);
        };
        link.release();
    }

    /**
     * Puts an XDP program in the place of the one that is there, without a gap; attaches it if there is none.
     *
     * @throws HostException EBUSY if what is there is attached by a link, ENOENT if it is there in another mode
     */
    public static void replace(LinuxProgram program, NetworkPoint.Xdp point) {
        AttachFailure.requireType(program, point, ProgramType.XDP);
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            NetworkInterface target = new Interfaces(socket).byName(point.networkInterface());
            if (target.xdp().isEmpty()) {
                attach(program, point);
                return;
            }
            try (Occupant there = occupant(target, point)) {
                new XdpHook(socket, target, XdpAttachment.flags(there.place()))
                        .replace(there.program(), program.descriptor());
            }
        }
    }

    /**
     * Detaches the XDP program that is there, whichever it is.
     *
     * @throws HostException ENOENT if there is none, EBUSY if it is attached by a link
     */
    public static void detach(NetworkPoint.Xdp point) {
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            NetworkInterface target = new Interfaces(socket).byName(point.networkInterface());
            try (Occupant there = occupant(target, point)) {
                new XdpHook(socket, target, XdpAttachment.flags(there.place())).detach(there.program());
            }
        }
    }

    /** A program, and the place where it is: a change has to name it, as the kernel looks only where the driver would have it. */
    private record Occupant(XdpPlace place, FileDescriptor program) implements AutoCloseable {
        @Override
        public void close() {
            program.close();
        }
    }

    private static Occupant occupant(NetworkInterface target, NetworkPoint.Xdp point) {
        List<XdpPlace> places = switch (point.mode()) {
            case ANY -> List.of(XdpPlace.NATIVE, XdpPlace.GENERIC, XdpPlace.OFFLOADED);
            case GENERIC -> List.of(XdpPlace.GENERIC);
            case NATIVE -> List.of(XdpPlace.NATIVE);
            case OFFLOAD -> List.of(XdpPlace.OFFLOADED);
        };
        return places.stream()
                .flatMap(place -> Optional.ofNullable(target.xdp().get(place))
                        .map(id -> new Occupant(place, ObjectKind.PROGRAM.open(id)))
                        .stream())
                .findFirst()
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT,
                        "no program is at " + point.describe()
                                + (target.xdp().isEmpty() ? "" : " in this mode; by mode there are " + target.xdp())));
    }

    /**
     * Detaches a program that was attached without a link, by whomever.
     *
     * @throws HostException ENOENT if it is not attached there, or by a link; EOPNOTSUPP for other places
     */
    public static void detach(LinuxProgram program, NetworkPoint point) {
        switch (point) {
            case NetworkPoint.Tcx tcx -> {
                int index = Interfaces.named(tcx.networkInterface()).index();
                try (HeldNamespace namespace = HeldNamespace.own()) {
                    detach(program, point, new Target.Interface(namespace, index), TcxAttachment.type(tcx));
                }
            }
            case NetworkPoint.Cgroup cgroup -> {
                try (FileDescriptor group = FileDescriptor.open(Path.of(cgroup.path()), FileDescriptor.O_RDONLY)) {
                    detach(program, point, new Target.Object(group), CgroupAttachment.type(program, cgroup));
                }
            }
            case NetworkPoint.SocketMap sockets -> {
                LinuxMap map = SocketMapAttachment.map(program, sockets);
                AttachType type = SocketMapAttachment.type(program, sockets);
                detach(program, point, new Target.Object(map.descriptor()), type);
            }
            case NetworkPoint.NetworkNamespace namespace -> {
                requireOwn(program, namespace);
                try (HeldNamespace own = HeldNamespace.own()) {
                    detach(program, point, new Target.Namespace(own), AttachType.FLOW_DISSECTOR);
                }
            }
            default -> throw cannot(program, point);
        }
    }

    private static void detach(LinuxProgram program, NetworkPoint point, Target target, AttachType type) {
        // Where there can be one program only the kernel would detach it, whichever is named.
        if (target instanceof Target.Object(FileDescriptor object) && !isThere(program, object, type)) {
            throw missing(program, point);
        }
        long result = new Hook(target, type, 0, Exchange.BY_ATTACHING, false).detach(program.descriptor());
        if (SystemFailure.is(result, Errno.ENOENT) || SystemFailure.is(result, Errno.EBUSY)) { // EBUSY: by a link
            throw missing(program, point);
        }
        SystemFailure.check(result, "detach " + program + " from " + point.describe());
    }

    private static boolean isThere(LinuxProgram program, FileDescriptor object, AttachType type) {
        try {
            int id = ProgramInfo.of(program.descriptor()).id();
            return object.with(number -> AttachedPrograms.at(number, type))
                    .programs()
                    .contains(id);
        } catch (HostException e) {
            if (e.errno() == Errno.EINVAL || e.errno() == Errno.EOPNOTSUPP) {
                return true; // maps of sockets do not tell before Linux 5.18: the kernel compares by itself
            }
            throw e;
        }
    }

    private static HostException missing(LinuxProgram program, NetworkPoint point) {
        return new HostException(
                Errno.ENOENT,
                program + " is not attached to " + point.describe() + ", or by a link: skep link list shows those");
    }

    private static void requireOwn(LinuxProgram program, NetworkPoint.NetworkNamespace point) {
        if (point.path().isPresent()) {
            throw AttachFailure.because(
                    Errno.EOPNOTSUPP, program, point, "without a link only the caller's own namespace can be reached");
        }
    }

    private static HostException cannot(LinuxProgram program, NetworkPoint point) {
        return AttachFailure.because(Errno.EOPNOTSUPP, program, point, "that takes a link, which a pin can keep");
    }
}
