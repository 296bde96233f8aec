package dev.skep.cli.link;

import dev.skep.linux.info.LinkPlace;
import dev.skep.linux.info.PerfPlace;
import dev.skep.object.program.AttachType;

/** What a link attaches to, in words. */
final class PlaceText {
    private final InterfaceNames interfaces;

    PlaceText(InterfaceNames interfaces) {
        this.interfaces = interfaces;
    }

    String of(LinkPlace place) {
        return switch (place) {
            case LinkPlace.RawTracepoint p -> p.name();
            case LinkPlace.Tracing p -> tracing(p);
            case LinkPlace.Cgroup p -> AttachWord.of(p.attachType()) + " of cgroup " + p.cgroupId();
            case LinkPlace.Iterator p -> p.target() + scope(p.scope());
            case LinkPlace.NetworkNamespace p ->
                AttachWord.of(p.attachType()) + " of network namespace " + Integer.toUnsignedString(p.inode());
            case LinkPlace.Xdp p -> interfaces.describe(p.interfaceIndex());
            case LinkPlace.StructOps p -> "map " + p.mapId();
            case LinkPlace.Netfilter p ->
                NetfilterNames.family(p.family()) + " " + NetfilterNames.hook(p.hook()) + " at priority "
                        + p.priority();
            case LinkPlace.KprobeMulti p -> p.addresses().size() + " kernel functions";
            case LinkPlace.UprobeMulti p ->
                p.offsets().size() + " places of " + p.path() + (p.pid() == 0 ? "" : " in process " + p.pid());
            case LinkPlace.PerfEvent p -> perf(p.event());
            case LinkPlace.Tcx p -> AttachWord.of(p.attachType()) + " of " + interfaces.describe(p.interfaceIndex());
            case LinkPlace.Netkit p -> AttachWord.of(p.attachType()) + " of " + interfaces.describe(p.interfaceIndex());
            case LinkPlace.Sockmap p -> AttachWord.of(p.attachType()) + " of map " + p.mapId();
            case LinkPlace.Unknown _ -> "-";
        };
    }

    /** Programs that replace functions have an attach type of zero, which means nothing there. */
    private static String tracing(LinkPlace.Tracing place) {
        boolean replacement = place.attachType()
                .filter(type -> type == AttachType.CGROUP_INET_INGRESS)
                .isPresent();
        return replacement
                ? "function " + place.function() + " of program " + place.targetId()
                : AttachWord.of(place.attachType()) + " type " + place.function() + " of BTF " + place.targetId();
    }

    private static String scope(LinkPlace.IteratorScope scope) {
        return switch (scope) {
            case LinkPlace.IteratorScope.Everything _ -> "";
            case LinkPlace.IteratorScope.OfMap s -> " of map " + s.mapId();
            case LinkPlace.IteratorScope.OfCgroup s -> " of cgroup " + s.cgroupId();
            case LinkPlace.IteratorScope.OfTask s ->
                s.thread() != 0 ? " of thread " + s.thread() : s.process() != 0 ? " of process " + s.process() : "";
        };
    }

    private static String perf(PerfPlace place) {
        return switch (place) {
            case PerfPlace.Uprobe p ->
                (p.onReturn() ? "uretprobe " : "uprobe ") + p.file() + "+0x" + Integer.toHexString(p.offset());
            case PerfPlace.Kprobe p ->
                (p.onReturn() ? "kretprobe " : "kprobe ") + p.function() + "+0x" + Integer.toHexString(p.offset());
            case PerfPlace.Tracepoint p -> "tracepoint " + p.name();
            case PerfPlace.Event p -> "event " + p.type() + ":" + Long.toUnsignedString(p.config());
            case PerfPlace.Unknown _ -> "perf event";
        };
    }
}
