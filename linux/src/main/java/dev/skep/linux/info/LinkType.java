package dev.skep.linux.info;

import dev.skep.object.KernelVersion;
import java.util.Locale;
import java.util.Optional;

/** {@code enum bpf_link_type} of linux/bpf.h: the constants stand in its order, so that the ordinal is the number. */
public enum LinkType {
    UNSPEC("5.7"),
    RAW_TRACEPOINT("5.7"),
    TRACING("5.7"),
    CGROUP("5.7"),
    ITER("5.8"),
    NETNS("5.8"),
    XDP("5.9"),
    PERF_EVENT("5.15"),
    KPROBE_MULTI("5.18"),
    STRUCT_OPS("6.4"),
    NETFILTER("6.4"),
    TCX("6.6"),
    UPROBE_MULTI("6.6"),
    NETKIT("6.7"),
    SOCKMAP("6.10");

    private static final LinkType[] BY_NUMBER = values();

    private final KernelVersion since;

    LinkType(String since) {
        this.since = KernelVersion.of(since);
    }

    /** The one with this number, if known. */
    public static Optional<LinkType> of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
    }

    /** The number in linux/bpf.h. */
    public int number() {
        return ordinal();
    }

    /** The name in linux/bpf.h. */
    public String uapiName() {
        return "BPF_LINK_TYPE_" + name();
    }

    /** In lower case, as bpftool and {@code /proc/PID/fdinfo} have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first release of Linux that has such links. */
    public KernelVersion since() {
        return since;
    }
}
