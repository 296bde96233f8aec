package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.AttachType;

/** What each kind of program may return: {@code check_return_code}, kernel/bpf/verifier.c (6.18). */
final class ReturnTable {
    private static final ReturnRule ANY = new ReturnRule.AnyNumber();
    private static final ReturnRule ZERO = between(0, 0);
    private static final ReturnRule ONE = between(1, 1);
    private static final ReturnRule ZERO_OR_ONE = between(0, 1);

    /** A verdict in bit 0, and one more bit: congestion notification of a packet, a privileged port of a bind. */
    private static final ReturnRule TWO_BITS = between(0, 3);

    private static final int MAX_ERRNO = 4095; // include/linux/err.h

    /** From this version on it matters what hooks of security modules return: bpf_lsm_get_retval_range, kernel/bpf/bpf_lsm.c. */
    private static final KernelVersion HOOKS_CHECKED = KernelVersion.of("6.12");

    private ReturnTable() {}

    private static ReturnRule between(int minimum, int maximum) {
        return new ReturnRule.Between(minimum, maximum, false);
    }

    /** @param targetReturnsVoid whether the hook or struct_ops member that the program stands for has no result */
    static ReturnRule rule(ProgramKind program, boolean targetReturnsVoid, KernelVersion version) {
        return switch (program.type()) {
            case CGROUP_SOCK_ADDR -> ofSocketAddress(program.attachTypeOrDefault(), version);
            case CGROUP_SKB -> program.attachesTo(AttachType.CGROUP_INET_EGRESS) ? TWO_BITS : ZERO_OR_ONE;
            case CGROUP_SOCK, SOCK_OPS, CGROUP_DEVICE, CGROUP_SYSCTL, CGROUP_SOCKOPT, SK_LOOKUP, NETFILTER ->
                ZERO_OR_ONE;
            case TRACING -> ofTracing(program.attachTypeOrDefault());
            case KPROBE -> ofProbe(program.attachTypeOrDefault());
            case LSM -> ofHook(program, targetReturnsVoid, version);
            case STRUCT_OPS -> targetReturnsVoid ? new ReturnRule.Unchecked() : new ReturnRule.ByMember();
            default -> ANY;
        };
    }

    private static ReturnRule ofSocketAddress(AttachType attachType, KernelVersion version) {
        return switch (attachType) {
            case CGROUP_UDP4_RECVMSG,
                    CGROUP_UDP6_RECVMSG,
                    CGROUP_UNIX_RECVMSG,
                    CGROUP_INET4_GETPEERNAME,
                    CGROUP_INET6_GETPEERNAME,
                    CGROUP_UNIX_GETPEERNAME,
                    CGROUP_INET4_GETSOCKNAME,
                    CGROUP_INET6_GETSOCKNAME,
                    CGROUP_UNIX_GETSOCKNAME -> ONE;
            case CGROUP_INET4_BIND, CGROUP_INET6_BIND ->
                version.compareTo(KernelFeature.PRIVILEGED_PORTS.since()) < 0 ? ZERO_OR_ONE : TWO_BITS;
            default -> ZERO_OR_ONE;
        };
    }

    private static ReturnRule ofTracing(AttachType attachType) {
        return switch (attachType) {
            case TRACE_FENTRY, TRACE_FEXIT -> ZERO;
            case TRACE_ITER, TRACE_FSESSION -> ZERO_OR_ONE;
            default -> ANY;
        };
    }

    private static ReturnRule ofProbe(AttachType attachType) {
        return switch (attachType) {
            case TRACE_KPROBE_SESSION, TRACE_UPROBE_SESSION -> ZERO_OR_ONE;
            default -> ANY;
        };
    }

    private static ReturnRule ofHook(ProgramKind program, boolean returnsVoid, KernelVersion version) {
        if (program.attachesTo(AttachType.LSM_CGROUP)) {
            return returnsVoid ? ONE : ZERO_OR_ONE;
        }
        if (returnsVoid) {
            return new ReturnRule.Unchecked();
        }
        if (version.compareTo(HOOKS_CHECKED) < 0) {
            return ANY;
        }
        return program.target()
                        .filter(AttachTargets.HOOKS_THAT_ANSWER::contains)
                        .isPresent()
                ? new ReturnRule.Between(0, 1, true)
                : new ReturnRule.Between(-MAX_ERRNO, 0, true);
    }
}
