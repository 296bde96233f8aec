package dev.skep.cli.load;

import dev.skep.object.program.ProgramType;
import java.util.EnumSet;
import java.util.Set;

/** The words that targets begin with, what follows them, and which programs can be attached so. */
enum TargetKind {
    XDP("xdp", "INTERFACE", EnumSet.of(ProgramType.XDP)),
    XDP_GENERIC("xdp-generic", "INTERFACE", EnumSet.of(ProgramType.XDP)),
    XDP_NATIVE("xdp-native", "INTERFACE", EnumSet.of(ProgramType.XDP)),
    XDP_OFFLOAD("xdp-offload", "INTERFACE", EnumSet.of(ProgramType.XDP)),
    TCX_INGRESS("tcx-ingress", "INTERFACE", EnumSet.of(ProgramType.SCHED_CLS)),
    TCX_EGRESS("tcx-egress", "INTERFACE", EnumSet.of(ProgramType.SCHED_CLS)),
    TC_INGRESS("tc-ingress", "INTERFACE", EnumSet.of(ProgramType.SCHED_CLS)),
    TC_EGRESS("tc-egress", "INTERFACE", EnumSet.of(ProgramType.SCHED_CLS)),
    NETKIT_PRIMARY("netkit-primary", "INTERFACE", EnumSet.of(ProgramType.SCHED_CLS)),
    NETKIT_PEER("netkit-peer", "INTERFACE", EnumSet.of(ProgramType.SCHED_CLS)),
    CGROUP("cgroup", "PATH[@HOOK]", cgroupTypes()),
    NETNS("netns", "PATH", EnumSet.of(ProgramType.SK_LOOKUP, ProgramType.FLOW_DISSECTOR)),
    NETFILTER_IPV4("netfilter-ipv4", "HOOK[@PRIORITY]", EnumSet.of(ProgramType.NETFILTER)),
    NETFILTER_IPV6("netfilter-ipv6", "HOOK[@PRIORITY]", EnumSet.of(ProgramType.NETFILTER)),
    SOCKETS("sockets", "MAP", EnumSet.of(ProgramType.SK_MSG, ProgramType.SK_SKB)),
    ROUTE("route", "DESTINATION@INTERFACE", routeTypes()),
    PERF("perf", "EVENT@HERTZ", EnumSet.of(ProgramType.PERF_EVENT)),
    TRACEPOINT("tracepoint", "CATEGORY/NAME", EnumSet.of(ProgramType.TRACEPOINT)),
    RAW_TRACEPOINT(
            "raw_tracepoint", "NAME", EnumSet.of(ProgramType.RAW_TRACEPOINT, ProgramType.RAW_TRACEPOINT_WRITABLE)),
    KPROBE("kprobe", "FUNCTION[+OFFSET]", EnumSet.of(ProgramType.KPROBE)),
    KRETPROBE("kretprobe", "FUNCTION", EnumSet.of(ProgramType.KPROBE)),
    KPROBE_MULTI("kprobe.multi", "PATTERN", EnumSet.of(ProgramType.KPROBE)),
    KRETPROBE_MULTI("kretprobe.multi", "PATTERN", EnumSet.of(ProgramType.KPROBE)),
    KSYSCALL("ksyscall", "NAME", EnumSet.of(ProgramType.KPROBE)),
    KRETSYSCALL("kretsyscall", "NAME", EnumSet.of(ProgramType.KPROBE)),
    UPROBE("uprobe", "BINARY:FUNCTION[+OFFSET]", EnumSet.of(ProgramType.KPROBE)),
    URETPROBE("uretprobe", "BINARY:FUNCTION", EnumSet.of(ProgramType.KPROBE)),
    UPROBE_MULTI("uprobe.multi", "BINARY:PATTERN", EnumSet.of(ProgramType.KPROBE)),
    URETPROBE_MULTI("uretprobe.multi", "BINARY:PATTERN", EnumSet.of(ProgramType.KPROBE)),
    USDT("usdt", "BINARY:PROVIDER:NAME", EnumSet.of(ProgramType.KPROBE)),
    ITER("iter", "KIND", EnumSet.of(ProgramType.TRACING));

    private final String word;
    private final String rest;
    private final Set<ProgramType> programs;

    TargetKind(String word, String rest, Set<ProgramType> programs) {
        this.word = word;
        this.rest = rest;
        this.programs = programs;
    }

    private static Set<ProgramType> cgroupTypes() {
        return EnumSet.of(
                ProgramType.CGROUP_SKB,
                ProgramType.CGROUP_SOCK,
                ProgramType.CGROUP_DEVICE,
                ProgramType.CGROUP_SOCK_ADDR,
                ProgramType.CGROUP_SYSCTL,
                ProgramType.CGROUP_SOCKOPT,
                ProgramType.SOCK_OPS,
                ProgramType.LSM);
    }

    private static Set<ProgramType> routeTypes() {
        return EnumSet.of(ProgramType.LWT_IN, ProgramType.LWT_OUT, ProgramType.LWT_XMIT, ProgramType.LWT_SEG6LOCAL);
    }

    /** What the target begins with, before a colon. */
    String word() {
        return word;
    }

    /** The whole form, for messages and help: {@code xdp:INTERFACE}. */
    String form() {
        return word + ":" + rest;
    }

    /** Whether programs of a type can be attached so. */
    boolean takes(ProgramType type) {
        return programs.contains(type);
    }

    /** Whether what follows the word is what a section's name has behind its first slash. */
    boolean isNamedLikeSection() {
        return compareTo(TRACEPOINT) >= 0;
    }
}
