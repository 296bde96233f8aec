package dev.skep.verifier.kernel;

/** What some types of program may do, and others not. */
public enum ProgramPermission {
    /** {@code LD_ABS} and {@code LD_IND}: {@code may_access_skb}, kernel/bpf/verifier.c. */
    LEGACY_PACKET_LOAD,
    /** Maps with locks, and taking them: {@code check_map_prog_compatibility}. */
    SPIN_LOCK,
    /** Maps with timers and work queues, and with lists and trees. */
    TIMER,
    /** Loading by who has neither CAP_BPF nor CAP_SYS_ADMIN, if the kernel is set so: {@code bpf_prog_load}, kernel/bpf/syscall.c. */
    UNPRIVILEGED_LOAD,
    /** Attaching to something named by BTF: it must have a target. */
    NEEDS_TARGET,
    /** Only CAP_PERFMON may load it: {@code is_perfmon_prog_type}. */
    NEEDS_CAP_PERFMON,
    /** Only CAP_NET_ADMIN may load it: {@code is_net_admin_prog_type}. */
    NEEDS_CAP_NET_ADMIN,
    /** Runs at any time, even in interrupts that cannot be masked: {@code is_tracing_prog_type}. */
    TRACES
}
