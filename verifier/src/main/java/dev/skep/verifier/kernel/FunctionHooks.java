package dev.skep.verifier.kernel;

import dev.skep.object.program.ProgramType;
import java.util.EnumSet;
import java.util.Set;

/**
 * Types of programs that kernel functions are registered for together: {@code bpf_prog_type_to_kfunc_hook}, kernel/bpf/btf.c. For
 * the types of one hook it is the same which of them a function is registered for.
 */
final class FunctionHooks {
    /** {@code BTF_KFUNC_HOOK_COMMON}. */
    static final Set<ProgramType> EVERY = EnumSet.complementOf(EnumSet.of(ProgramType.UNSPEC));

    /** {@code BTF_KFUNC_HOOK_TRACING}. */
    static final Set<ProgramType> TRACING =
            EnumSet.of(ProgramType.TRACING, ProgramType.TRACEPOINT, ProgramType.PERF_EVENT, ProgramType.LSM);

    /** {@code BTF_KFUNC_HOOK_CGROUP}. */
    static final Set<ProgramType> CGROUP = EnumSet.of(
            ProgramType.CGROUP_SKB,
            ProgramType.CGROUP_SOCK,
            ProgramType.CGROUP_DEVICE,
            ProgramType.CGROUP_SOCK_ADDR,
            ProgramType.CGROUP_SOCKOPT,
            ProgramType.CGROUP_SYSCTL,
            ProgramType.SOCK_OPS);

    /** {@code generic_kfunc_set}, kernel/bpf/helpers.c. */
    static final Set<ProgramType> GENERIC = union(
            EnumSet.of(ProgramType.SCHED_CLS, ProgramType.XDP, ProgramType.STRUCT_OPS, ProgramType.SYSCALL),
            TRACING,
            CGROUP);

    /** {@code cpumask_kfunc_set}, kernel/bpf/cpumask.c. */
    static final Set<ProgramType> CPU_MASKS = union(EnumSet.of(ProgramType.STRUCT_OPS, ProgramType.SYSCALL), TRACING);

    /** {@code bpf_kfunc_set_skb}, net/core/filter.c. */
    static final Set<ProgramType> SOCKET_BUFFERS = union(
            EnumSet.of(
                    ProgramType.SCHED_CLS,
                    ProgramType.SCHED_ACT,
                    ProgramType.SK_SKB,
                    ProgramType.SOCKET_FILTER,
                    ProgramType.LWT_OUT,
                    ProgramType.LWT_IN,
                    ProgramType.LWT_XMIT,
                    ProgramType.LWT_SEG6LOCAL,
                    ProgramType.NETFILTER),
            TRACING,
            CGROUP);

    /** {@code bpf_prog_test_kfunc_set}, net/bpf/test_run.c. */
    static final Set<ProgramType> TESTED = union(EnumSet.of(ProgramType.SCHED_CLS, ProgramType.SYSCALL), TRACING);

    private FunctionHooks() {}

    @SafeVarargs
    private static Set<ProgramType> union(Set<ProgramType> first, Set<ProgramType>... more) {
        EnumSet<ProgramType> all = EnumSet.copyOf(first);
        for (Set<ProgramType> types : more) {
            all.addAll(types);
        }
        return all;
    }
}
