package dev.skep.verifier.kernel;

import static dev.skep.verifier.kernel.ProgramPermission.LEGACY_PACKET_LOAD;
import static dev.skep.verifier.kernel.ProgramPermission.NEEDS_CAP_NET_ADMIN;
import static dev.skep.verifier.kernel.ProgramPermission.NEEDS_CAP_PERFMON;
import static dev.skep.verifier.kernel.ProgramPermission.NEEDS_TARGET;
import static dev.skep.verifier.kernel.ProgramPermission.SPIN_LOCK;
import static dev.skep.verifier.kernel.ProgramPermission.TIMER;
import static dev.skep.verifier.kernel.ProgramPermission.TRACES;
import static dev.skep.verifier.kernel.ProgramPermission.UNPRIVILEGED_LOAD;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The rules of each type of program: kernel/bpf/verifier.c and kernel/bpf/syscall.c (6.18). */
final class ProgramTable {
    private static final Set<String> SLEEPABLE_HOOKS = Set.of(AttachTargets.SLEEPABLE_HOOKS);

    private ProgramTable() {}

    static Optional<ProgramRules> rules(ProgramType type) {
        return type == ProgramType.UNSPEC
                ? Optional.empty()
                : Optional.of(new ProgramRules(packetAccess(type), permissions(type)));
    }

    /** {@code may_access_direct_pkt_data}. */
    private static PacketAccess packetAccess(ProgramType type) {
        return switch (type) {
            case LWT_IN, LWT_OUT, LWT_SEG6LOCAL, SK_REUSEPORT, FLOW_DISSECTOR, CGROUP_SKB -> PacketAccess.READ;
            case SCHED_CLS, SCHED_ACT, XDP, LWT_XMIT, SK_SKB, SK_MSG, CGROUP_SOCKOPT -> PacketAccess.READ_WRITE;
            default -> PacketAccess.NONE;
        };
    }

    private static Set<ProgramPermission> permissions(ProgramType type) {
        Set<ProgramPermission> lockTimer = EnumSet.of(SPIN_LOCK, TIMER);
        Set<ProgramPermission> network = EnumSet.of(SPIN_LOCK, TIMER, NEEDS_CAP_NET_ADMIN);
        return switch (type) {
            case SOCKET_FILTER -> EnumSet.of(LEGACY_PACKET_LOAD, TIMER, UNPRIVILEGED_LOAD);
            case SCHED_CLS, SCHED_ACT -> EnumSet.of(LEGACY_PACKET_LOAD, SPIN_LOCK, TIMER, NEEDS_CAP_NET_ADMIN);
            case CGROUP_SKB -> EnumSet.of(SPIN_LOCK, TIMER, UNPRIVILEGED_LOAD);
            case XDP,
                    LWT_IN,
                    LWT_OUT,
                    LWT_XMIT,
                    LWT_SEG6LOCAL,
                    SK_SKB,
                    SK_MSG,
                    FLOW_DISSECTOR,
                    CGROUP_DEVICE,
                    CGROUP_SOCK,
                    CGROUP_SOCK_ADDR,
                    CGROUP_SOCKOPT,
                    CGROUP_SYSCTL,
                    SOCK_OPS,
                    NETFILTER -> network;
            case KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE ->
                EnumSet.of(NEEDS_CAP_PERFMON, TRACES);
            case TRACING, LSM, STRUCT_OPS -> EnumSet.of(SPIN_LOCK, TIMER, NEEDS_TARGET, NEEDS_CAP_PERFMON);
            case EXT -> EnumSet.of(SPIN_LOCK, TIMER, NEEDS_TARGET, NEEDS_CAP_PERFMON, NEEDS_CAP_NET_ADMIN);
            case UNSPEC, LIRC_MODE2, SK_REUSEPORT, SK_LOOKUP, SYSCALL -> lockTimer;
        };
    }

    /** {@code bpf_prog_load}, {@code is_net_admin_prog_type}, {@code is_perfmon_prog_type}. */
    static Set<Capability> needed(ProgramType type) {
        Set<ProgramPermission> permissions = permissions(type);
        EnumSet<Capability> needed = EnumSet.noneOf(Capability.class);
        if (!permissions.contains(UNPRIVILEGED_LOAD)) {
            needed.add(Capability.BPF);
        }
        if (permissions.contains(NEEDS_CAP_PERFMON)) {
            needed.add(Capability.PERFMON);
        }
        if (permissions.contains(NEEDS_CAP_NET_ADMIN)) {
            needed.add(Capability.NET_ADMIN);
        }
        return needed;
    }

    /** {@code can_be_sleepable}; that a program traces a function which may sleep is asked elsewhere. */
    static boolean maySleep(ProgramKind program) {
        return switch (program.type()) {
            case TRACING ->
                switch (program.attachTypeOrDefault()) {
                    case TRACE_FENTRY, TRACE_FEXIT, TRACE_FSESSION, MODIFY_RETURN, TRACE_ITER -> true;
                    default -> false;
                };
            case LSM ->
                !program.attachesTo(AttachType.LSM_CGROUP)
                        && program.target().filter(SLEEPABLE_HOOKS::contains).isPresent();
            case KPROBE, STRUCT_OPS, SYSCALL -> true;
            default -> false;
        };
    }

    /** The first kernel that lets this type of program sleep; of those that may never, the type's own. */
    static KernelVersion sleepingSince(ProgramType type) {
        return switch (type) {
            case KPROBE -> KernelVersion.of("6.0");
            case STRUCT_OPS -> KernelVersion.of("6.3");
            case SYSCALL -> KernelVersion.of("5.14");
            default -> KernelVersion.of("5.10");
        };
    }
}
