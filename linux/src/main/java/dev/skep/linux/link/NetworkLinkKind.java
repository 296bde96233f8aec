package dev.skep.linux.link;

import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.KernelVersion;
import dev.skep.object.host.Errno;

/**
 * The network's links of bpf(2) and the first Linux that has them (by the commits that added them to {@code
 * link_create} in kernel/bpf/syscall.c).
 */
public enum NetworkLinkKind {
    /** Attaching to control groups. Before: {@code BPF_PROG_ATTACH}. */
    CGROUP("5.7"),
    /** A network namespace's flow dissector. Before: {@code BPF_PROG_ATTACH}. */
    FLOW_DISSECTOR("5.8"),
    /** XDP. Before: netlink. */
    XDP("5.9"),
    /** A network namespace's socket lookup. Before: nothing. */
    SK_LOOKUP("5.9"),
    /** Programs attached to one group only: LSM. Before: nothing. */
    LSM_CGROUP("6.0"),
    /** Netfilter. Before: nothing. */
    NETFILTER("6.4"),
    /** Traffic control. Before: filters of a clsact qdisc. */
    TCX("6.6"),
    /** Netkit devices, which came with it. */
    NETKIT("6.7"),
    /** Sockets of a map. Before: {@code BPF_PROG_ATTACH}. */
    SOCKET_MAP("6.10"),
    /** Ordering among the programs of a control group. Before: in the order in which they came. */
    CGROUP_ORDERING("6.17");

    private final KernelVersion since;

    NetworkLinkKind(String since) {
        this.since = KernelVersion.of(since);
    }

    /** The first Linux release with it. */
    public KernelVersion since() {
        return since;
    }

    /**
     * Whether a refusal means that the kernel has no such link, and an older way is to be tried. A kernel whose vendor
     * has ported it back does not refuse, so it is asked first.
     */
    boolean isMissing(long result) {
        return SystemFailure.is(result, Errno.EINVAL)
                && !KernelRelease.running().isAtLeast(since);
    }
}
