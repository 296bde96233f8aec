package dev.skep.cli.load;

import dev.skep.linux.load.LinuxObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.AutoAttach;
import dev.skep.object.attach.Direction;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.Ordering;
import dev.skep.object.attach.PerfSource;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.attach.Sampling;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A place to attach to, as {@code --attach} writes it: {@code xdp:eth0}, {@code cgroup:/sys/fs/cgroup/web},
 * {@code tracepoint:sched/sched_switch}.
 *
 * @param kind by the word before the colon @param rest what follows it
 * @param known where that is, empty if the object that is attached has to be loaded first
 */
record Target(TargetKind kind, String rest, Optional<AttachPoint> known) {
    /** Reads one. @throws InputException saying which forms there are, or how this one is written */
    static Target read(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        TargetKind kind = Arrays.stream(TargetKind.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        where(text), "there is no kind of place '" + word + "'", "a place is auto, " + forms()));
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        if (rest.isEmpty()) {
            throw new InputException(where(text), "the place is not complete", "write " + kind.form());
        }
        if (kind == TargetKind.SOCKETS) {
            return new Target(kind, rest, Optional.empty());
        }
        AttachPoint known = kind.isNamedLikeSection() ? probe(kind, rest, text) : network(kind, rest, text);
        return new Target(kind, rest, Optional.of(known));
    }

    /** Where that is. @throws InputException if the object has no such map */
    AttachPoint point(LinuxObject object) {
        return known.orElseGet(() -> NetworkPoint.SocketMap.of(object.map(rest)
                .orElseThrow(() -> new InputException(
                        where(kind.word() + ":" + rest),
                        object.spec().name() + " has no map '" + rest + "'",
                        "it has "
                                + object.maps().stream()
                                        .map(map -> map.spec().name())
                                        .collect(Collectors.joining(", "))))));
    }

    private static Location where(String text) {
        return Location.in("--attach " + text);
    }

    /** All forms there are. */
    static String forms() {
        return Arrays.stream(TargetKind.values()).map(TargetKind::form).collect(Collectors.joining(", "));
    }

    private static AttachPoint network(TargetKind kind, String rest, String text) {
        return switch (kind) {
            case XDP_GENERIC -> new NetworkPoint.Xdp(rest, NetworkPoint.Xdp.Mode.GENERIC);
            case XDP_NATIVE -> new NetworkPoint.Xdp(rest, NetworkPoint.Xdp.Mode.NATIVE);
            case XDP_OFFLOAD -> new NetworkPoint.Xdp(rest, NetworkPoint.Xdp.Mode.OFFLOAD);
            case TCX_INGRESS -> new NetworkPoint.Tcx(rest, Direction.INGRESS, Ordering.LAST);
            case TCX_EGRESS -> new NetworkPoint.Tcx(rest, Direction.EGRESS, Ordering.LAST);
            case TC_INGRESS -> NetworkPoint.Tc.last(rest, Direction.INGRESS);
            case TC_EGRESS -> NetworkPoint.Tc.last(rest, Direction.EGRESS);
            case NETKIT_PRIMARY -> new NetworkPoint.Netkit(rest, NetworkPoint.Netkit.End.PRIMARY, Ordering.LAST);
            case NETKIT_PEER -> new NetworkPoint.Netkit(rest, NetworkPoint.Netkit.End.PEER, Ordering.LAST);
            case CGROUP -> cgroup(rest, text);
            case NETNS -> new NetworkPoint.NetworkNamespace(Optional.of(rest));
            case NETFILTER_IPV4 -> netfilter(NetworkPoint.Netfilter.Family.IPV4, rest, text);
            case NETFILTER_IPV6 -> netfilter(NetworkPoint.Netfilter.Family.IPV6, rest, text);
            case ROUTE -> route(rest, text);
            case PERF -> perf(rest, text);
            default -> new NetworkPoint.Xdp(rest, NetworkPoint.Xdp.Mode.ANY);
        };
    }

    private static AttachPoint cgroup(String rest, String text) {
        int at = rest.lastIndexOf('@');
        if (at < 0) {
            return NetworkPoint.Cgroup.at(rest);
        }
        AttachType hook = constant(AttachType.class, rest.substring(at + 1), "hook", text);
        return NetworkPoint.Cgroup.at(rest.substring(0, at)).hook(hook);
    }

    private static AttachPoint netfilter(NetworkPoint.Netfilter.Family family, String rest, String text) {
        String[] parts = rest.split("@", 2);
        NetworkPoint.Netfilter.Hook hook = constant(NetworkPoint.Netfilter.Hook.class, parts[0], "hook", text);
        int priority = parts.length == 1 ? 0 : number(parts[1], text);
        return new NetworkPoint.Netfilter(family, hook, priority, false);
    }

    private static AttachPoint route(String rest, String text) {
        String[] parts = rest.split("@", 2);
        if (parts.length == 1) {
            throw new InputException(where(text), "the interface is missing", "write " + TargetKind.ROUTE.form());
        }
        return new NetworkPoint.TunnelRoute(parts[0], parts[1], Optional.empty(), 0);
    }

    private static AttachPoint perf(String rest, String text) {
        String[] parts = rest.split("@", 2);
        if (parts.length == 1) {
            throw new InputException(
                    where(text), "how often is missing", "for example perf:cpu_clock@99 for 99 times a second");
        }
        Optional<PerfSource.HardwareEvent> hardware = Arrays.stream(PerfSource.HardwareEvent.values())
                .filter(event -> event.name().equalsIgnoreCase(parts[0]))
                .findFirst();
        PerfSource source = hardware.isPresent()
                ? new PerfSource.Hardware(hardware.get())
                : new PerfSource.Software(constant(PerfSource.SoftwareEvent.class, parts[0], "event", text));
        return new ProbePoint.PerfEvent(source, Sampling.hertz(Math.max(1, number(parts[1], text))));
    }

    /** As the name of a section: what {@link AutoAttach} makes of it. */
    private static AttachPoint probe(TargetKind kind, String rest, String text) {
        ProgramSpec program = new ProgramSpec(
                text, kind.word() + "/" + rest, ProgramType.UNSPEC, Optional.empty(), Optional.empty(), true, 0, -1);
        return AutoAttach.of(program)
                .orElseThrow(() -> new InputException(
                        where(text),
                        "more has to be said than '" + rest + "'",
                        "skep iter pin takes the map to go through"));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, String what, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        where(text),
                        "there is no " + what + " '" + name + "'",
                        "there are "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }

    private static int number(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new InputException(where(text), "'" + digits + "' is no number", "");
        }
    }
}
