package dev.skep.linux.doctor;

import dev.skep.linux.machine.Capability;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.KernelVersion;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which capabilities an operation asks for: kernel/bpf/syscall.c (bpf_prog_load, is_net_admin_prog_type, is_perfmon_prog_type,
 * map_create), kernel/events/core.c, and capabilities(7).
 */
final class RequiredCapabilities {
    /** The first kernel with CAP_BPF and CAP_PERFMON. */
    private static final KernelVersion SPLIT = KernelVersion.of("5.8");

    private static final Set<ProgramType> TRACING = EnumSet.of(
            ProgramType.KPROBE,
            ProgramType.TRACEPOINT,
            ProgramType.PERF_EVENT,
            ProgramType.RAW_TRACEPOINT,
            ProgramType.RAW_TRACEPOINT_WRITABLE,
            ProgramType.TRACING,
            ProgramType.LSM,
            ProgramType.STRUCT_OPS,
            ProgramType.EXT);

    /** All others, but for these, ask for CAP_NET_ADMIN; EXT asks for both. */
    private static final Set<ProgramType> NOT_NETWORKING = EnumSet.of(
            ProgramType.UNSPEC,
            ProgramType.SOCKET_FILTER,
            ProgramType.KPROBE,
            ProgramType.TRACEPOINT,
            ProgramType.PERF_EVENT,
            ProgramType.CGROUP_SKB,
            ProgramType.RAW_TRACEPOINT,
            ProgramType.RAW_TRACEPOINT_WRITABLE,
            ProgramType.SK_REUSEPORT,
            ProgramType.SK_LOOKUP,
            ProgramType.TRACING,
            ProgramType.LSM,
            ProgramType.STRUCT_OPS,
            ProgramType.SYSCALL);

    private static final Set<MapType> NETWORKING_MAPS = EnumSet.of(
            MapType.SOCKMAP, MapType.SOCKHASH, MapType.DEVMAP, MapType.DEVMAP_HASH, MapType.XSKMAP, MapType.CPUMAP);

    private RequiredCapabilities() {}

    static Set<Capability> of(Operation operation, KernelRelease kernel) {
        return replacingNew(ofNewKernels(operation), kernel);
    }

    /** The same rights on a kernel that may be too old to have given them capabilities of their own. */
    static Set<Capability> replacingNew(Set<Capability> required, KernelRelease kernel) {
        EnumSet<Capability> replaced = EnumSet.noneOf(Capability.class);
        for (Capability capability : required) {
            boolean isNew = capability == Capability.CAP_BPF || capability == Capability.CAP_PERFMON;
            replaced.add(isNew && !kernel.isAtLeast(SPLIT) ? Capability.CAP_SYS_ADMIN : capability);
        }
        return replaced;
    }

    private static EnumSet<Capability> ofNewKernels(Operation operation) {
        return switch (operation) {
            case Operation.LoadProgram load -> ofProgram(load.type());
            case Operation.Attach attach -> ofProgram(attach.type());
            case Operation.CreateMap create ->
                NETWORKING_MAPS.contains(create.type())
                        ? EnumSet.of(Capability.CAP_BPF, Capability.CAP_NET_ADMIN)
                        : EnumSet.of(Capability.CAP_BPF);
            case Operation.LoadTypes _ -> EnumSet.of(Capability.CAP_BPF);
            case Operation.OpenPerfEvent _ -> EnumSet.of(Capability.CAP_PERFMON);
            case Operation.Pin _ -> EnumSet.noneOf(Capability.class);
            case Operation.Administer _, Operation.Mount _ -> EnumSet.of(Capability.CAP_SYS_ADMIN);
        };
    }

    private static EnumSet<Capability> ofProgram(ProgramType type) {
        EnumSet<Capability> required = EnumSet.of(Capability.CAP_BPF);
        if (TRACING.contains(type)) {
            required.add(Capability.CAP_PERFMON);
        }
        if (!NOT_NETWORKING.contains(type)) {
            required.add(Capability.CAP_NET_ADMIN);
        }
        return required;
    }
}
