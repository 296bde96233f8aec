package dev.skep.object.program;

import java.util.Optional;

/**
 * What a program is for: {@code enum bpf_prog_type} of linux/bpf.h (6.18).
 *
 * <p>The ordinal is the UAPI number; names are the UAPI's without {@code BPF_PROG_TYPE_}.
 */
public enum ProgramType {
    UNSPEC,
    SOCKET_FILTER,
    KPROBE,
    SCHED_CLS,
    SCHED_ACT,
    TRACEPOINT,
    XDP,
    PERF_EVENT,
    CGROUP_SKB,
    CGROUP_SOCK,
    LWT_IN,
    LWT_OUT,
    LWT_XMIT,
    SOCK_OPS,
    SK_SKB,
    CGROUP_DEVICE,
    SK_MSG,
    RAW_TRACEPOINT,
    CGROUP_SOCK_ADDR,
    LWT_SEG6LOCAL,
    LIRC_MODE2,
    SK_REUSEPORT,
    FLOW_DISSECTOR,
    CGROUP_SYSCTL,
    RAW_TRACEPOINT_WRITABLE,
    CGROUP_SOCKOPT,
    TRACING,
    STRUCT_OPS,
    EXT,
    LSM,
    SK_LOOKUP,
    SYSCALL,
    NETFILTER;

    private static final ProgramType[] BY_NUMBER = values();

    /** The one with this UAPI number, if known. */
    public static Optional<ProgramType> of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
    }

    /** The number in linux/bpf.h. */
    public int number() {
        return ordinal();
    }

    /** The name in linux/bpf.h. */
    public String uapiName() {
        return "BPF_PROG_TYPE_" + name();
    }
}
