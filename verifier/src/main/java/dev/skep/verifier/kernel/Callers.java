package dev.skep.verifier.kernel;

import static dev.skep.object.program.ProgramType.CGROUP_DEVICE;
import static dev.skep.object.program.ProgramType.CGROUP_SKB;
import static dev.skep.object.program.ProgramType.CGROUP_SOCK;
import static dev.skep.object.program.ProgramType.CGROUP_SOCKOPT;
import static dev.skep.object.program.ProgramType.CGROUP_SOCK_ADDR;
import static dev.skep.object.program.ProgramType.CGROUP_SYSCTL;
import static dev.skep.object.program.ProgramType.EXT;
import static dev.skep.object.program.ProgramType.FLOW_DISSECTOR;
import static dev.skep.object.program.ProgramType.KPROBE;
import static dev.skep.object.program.ProgramType.LIRC_MODE2;
import static dev.skep.object.program.ProgramType.LSM;
import static dev.skep.object.program.ProgramType.LWT_IN;
import static dev.skep.object.program.ProgramType.LWT_OUT;
import static dev.skep.object.program.ProgramType.LWT_SEG6LOCAL;
import static dev.skep.object.program.ProgramType.LWT_XMIT;
import static dev.skep.object.program.ProgramType.PERF_EVENT;
import static dev.skep.object.program.ProgramType.RAW_TRACEPOINT;
import static dev.skep.object.program.ProgramType.RAW_TRACEPOINT_WRITABLE;
import static dev.skep.object.program.ProgramType.SCHED_ACT;
import static dev.skep.object.program.ProgramType.SCHED_CLS;
import static dev.skep.object.program.ProgramType.SK_LOOKUP;
import static dev.skep.object.program.ProgramType.SK_MSG;
import static dev.skep.object.program.ProgramType.SK_SKB;
import static dev.skep.object.program.ProgramType.SOCKET_FILTER;
import static dev.skep.object.program.ProgramType.SOCK_OPS;
import static dev.skep.object.program.ProgramType.STRUCT_OPS;
import static dev.skep.object.program.ProgramType.SYSCALL;
import static dev.skep.object.program.ProgramType.TRACEPOINT;
import static dev.skep.object.program.ProgramType.TRACING;
import static dev.skep.object.program.ProgramType.UNSPEC;
import static dev.skep.object.program.ProgramType.XDP;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call a helper. The families are those of the kernel's {@code get_func_proto} functions, which ask one another.
 *
 * @param attachTypes expected attach types that may, or, if {@code excluding}, that may not
 * @param onlySleepable only programs loaded with {@code BPF_F_SLEEPABLE}
 * @param targets only programs that attach to one of these, if present: {@code struct bpf_func_proto.allowed}
 * @param since the first kernel where they may, if it is not the helper's first
 */
record Callers(
        Set<ProgramType> types,
        Set<AttachType> attachTypes,
        boolean excluding,
        boolean onlySleepable,
        Optional<Set<String>> targets,
        Optional<KernelVersion> since) {
    /** {@code bpf_base_func_proto}: all but remote controls, and programs that replace others, which call what those may. */
    static final Callers BASE = allExcept(UNSPEC, EXT, LIRC_MODE2);

    /** {@code bpf_sk_base_func_proto}. */
    static final Callers SOCKET_BASE = of(
                    SOCKET_FILTER, SCHED_CLS, SCHED_ACT, XDP, CGROUP_SKB, LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL)
            .and(SOCK_OPS, SK_SKB, SK_MSG, CGROUP_SOCK_ADDR, FLOW_DISSECTOR, SK_LOOKUP);

    /** {@code bpf_tracing_func_proto}. */
    static final Callers TRACERS =
            of(KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE, TRACING, LSM, SYSCALL);

    /** {@code tracing_prog_func_proto}. */
    static final Callers BTF_TRACERS = of(TRACING, LSM, SYSCALL);

    /** {@code tc_cls_act_func_proto}. */
    static final Callers CLASSIFIERS = of(SCHED_CLS, SCHED_ACT);

    /** {@code lwt_out_func_proto}. */
    static final Callers TUNNELS = of(LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL);

    /** {@code cgroup_common_func_proto}. */
    static final Callers CGROUP =
            of(CGROUP_SKB, CGROUP_SOCK, SOCK_OPS, CGROUP_DEVICE, CGROUP_SOCK_ADDR, CGROUP_SYSCTL, CGROUP_SOCKOPT);

    /** {@code cgroup_current_func_proto}: those that run in the task they are about. */
    static final Callers CGROUP_TASK = of(CGROUP_SOCK, CGROUP_DEVICE, CGROUP_SOCK_ADDR, CGROUP_SYSCTL, CGROUP_SOCKOPT);

    /** Control group hooks whose return value userspace gets to see. */
    static final Callers CGROUP_WITH_VERDICT = CGROUP.notAttachedAs(
            AttachType.CGROUP_INET_INGRESS,
            AttachType.CGROUP_INET_EGRESS,
            AttachType.CGROUP_SOCK_OPS,
            AttachType.CGROUP_UDP4_RECVMSG,
            AttachType.CGROUP_UDP6_RECVMSG,
            AttachType.CGROUP_UNIX_RECVMSG,
            AttachType.CGROUP_INET4_GETPEERNAME,
            AttachType.CGROUP_INET6_GETPEERNAME,
            AttachType.CGROUP_UNIX_GETPEERNAME,
            AttachType.CGROUP_INET4_GETSOCKNAME,
            AttachType.CGROUP_INET6_GETSOCKNAME,
            AttachType.CGROUP_UNIX_GETSOCKNAME);

    /** {@code bpf_tcp_ca_get_func_proto}: members of {@code struct tcp_congestion_ops}. */
    static final Callers CONGESTION_CONTROL = of(STRUCT_OPS);

    /** Hooks at socket addresses in which the socket is locked: {@code sock_addr_func_proto}. */
    static final AttachType[] WITH_SOCKET_OPTIONS = {
        AttachType.CGROUP_INET4_BIND,
        AttachType.CGROUP_INET6_BIND,
        AttachType.CGROUP_INET4_CONNECT,
        AttachType.CGROUP_INET6_CONNECT,
        AttachType.CGROUP_UNIX_CONNECT,
        AttachType.CGROUP_UDP4_RECVMSG,
        AttachType.CGROUP_UDP6_RECVMSG,
        AttachType.CGROUP_UNIX_RECVMSG,
        AttachType.CGROUP_UDP4_SENDMSG,
        AttachType.CGROUP_UDP6_SENDMSG,
        AttachType.CGROUP_UNIX_SENDMSG,
        AttachType.CGROUP_INET4_GETPEERNAME,
        AttachType.CGROUP_INET6_GETPEERNAME,
        AttachType.CGROUP_INET4_GETSOCKNAME,
        AttachType.CGROUP_INET6_GETSOCKNAME
    };

    static Callers of(ProgramType first, ProgramType... more) {
        return new Callers(EnumSet.of(first, more), Set.of(), true, false, Optional.empty(), Optional.empty());
    }

    private static Callers allExcept(ProgramType first, ProgramType... more) {
        return new Callers(
                EnumSet.complementOf(EnumSet.of(first, more)),
                Set.of(),
                true,
                false,
                Optional.empty(),
                Optional.empty());
    }

    private Callers and(ProgramType first, ProgramType... more) {
        EnumSet<ProgramType> all = EnumSet.of(first, more);
        all.addAll(types);
        return new Callers(all, attachTypes, excluding, onlySleepable, targets, since);
    }

    Callers attachedAs(AttachType... allowed) {
        return new Callers(types, Set.of(allowed), false, onlySleepable, targets, since);
    }

    Callers notAttachedAs(AttachType... refused) {
        return new Callers(types, Set.of(refused), true, onlySleepable, targets, since);
    }

    Callers sleepable() {
        return new Callers(types, attachTypes, excluding, true, targets, since);
    }

    /** Only those that attach to one of these; others may not, which the kernel says in other words. */
    Callers onlyFor(String... allowed) {
        return new Callers(types, attachTypes, excluding, onlySleepable, Optional.of(Set.of(allowed)), since);
    }

    Callers since(String version) {
        return new Callers(
                types, attachTypes, excluding, onlySleepable, targets, Optional.of(KernelVersion.of(version)));
    }

    /** Whether the program is of this kind, whatever it attaches to and whatever the kernel. */
    boolean include(ProgramKind program) {
        return types.contains(program.type())
                && attachTypes.contains(program.attachTypeOrDefault()) != excluding
                && (program.sleepable() || !onlySleepable);
    }

    /** Whether what the program attaches to is one of the targets, if those matter. */
    boolean allowTarget(ProgramKind program) {
        return targets.isEmpty()
                || program.target().filter(targets.get()::contains).isPresent();
    }

    boolean existIn(KernelVersion version) {
        return since.isEmpty() || since.get().compareTo(version) <= 0;
    }
}
