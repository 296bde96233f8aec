package dev.skep.linux.doctor;

import dev.skep.linux.feature.KernelOption;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.Optional;

/**
 * Which options a kernel must have been built with for an operation: the conditions around the types in linux/bpf_types.h, and those
 * around the ways to attach in kernel/trace, net and security.
 */
final class KernelNeeds {
    private KernelNeeds() {}

    static List<KernelOption> of(Operation operation) {
        return switch (operation) {
            case Operation.LoadProgram load -> program(load.type(), load.attachType());
            case Operation.Attach attach -> program(attach.type(), attach.attachType());
            case Operation.CreateMap create -> map(create.type());
            default -> List.of();
        };
    }

    private static List<KernelOption> program(ProgramType type, Optional<AttachType> attachType) {
        return switch (type) {
            case KPROBE -> kprobe(attachType);
            case TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE -> List.of(KernelOption.BPF_EVENTS);
            case TRACING -> tracing(attachType);
            case LSM -> List.of(KernelOption.BPF_LSM, KernelOption.DEBUG_INFO_BTF);
            case EXT, STRUCT_OPS -> List.of(KernelOption.BPF_JIT, KernelOption.DEBUG_INFO_BTF);
            case CGROUP_SKB, CGROUP_SOCK, CGROUP_DEVICE, CGROUP_SOCK_ADDR, CGROUP_SYSCTL, CGROUP_SOCKOPT, SOCK_OPS ->
                List.of(KernelOption.CGROUP_BPF);
            case SCHED_CLS, SCHED_ACT -> schedule(attachType);
            case LWT_IN, LWT_OUT, LWT_XMIT -> List.of(KernelOption.LWTUNNEL_BPF);
            case LWT_SEG6LOCAL -> List.of(KernelOption.IPV6_SEG6_BPF);
            case LIRC_MODE2 -> List.of(KernelOption.BPF_LIRC_MODE2);
            case SK_SKB, SK_MSG -> List.of(KernelOption.BPF_STREAM_PARSER);
            case SK_REUSEPORT, SK_LOOKUP -> List.of(KernelOption.INET);
            case NETFILTER -> List.of(KernelOption.NETFILTER_BPF_LINK);
            case XDP, SOCKET_FILTER, FLOW_DISSECTOR -> List.of(KernelOption.NET);
            case UNSPEC, SYSCALL -> List.of();
        };
    }

    private static List<KernelOption> kprobe(Optional<AttachType> attachType) {
        return switch (attachType.orElse(AttachType.PERF_EVENT)) {
            case TRACE_KPROBE_MULTI, TRACE_KPROBE_SESSION -> List.of(KernelOption.BPF_EVENTS, KernelOption.FPROBE);
            case TRACE_UPROBE_MULTI, TRACE_UPROBE_SESSION ->
                List.of(KernelOption.BPF_EVENTS, KernelOption.UPROBE_EVENTS);
            default -> List.of(KernelOption.BPF_EVENTS);
        };
    }

    private static List<KernelOption> tracing(Optional<AttachType> attachType) {
        return switch (attachType.orElse(AttachType.TRACE_RAW_TP)) {
            case TRACE_FENTRY, TRACE_FEXIT, MODIFY_RETURN, TRACE_FSESSION ->
                List.of(
                        KernelOption.DEBUG_INFO_BTF,
                        KernelOption.FUNCTION_TRACER,
                        KernelOption.DYNAMIC_FTRACE_WITH_DIRECT_CALLS);
            default -> List.of(KernelOption.BPF_EVENTS, KernelOption.DEBUG_INFO_BTF);
        };
    }

    private static List<KernelOption> schedule(Optional<AttachType> attachType) {
        return attachType.isEmpty()
                ? List.of(KernelOption.NET_CLS_ACT, KernelOption.NET_SCH_INGRESS, KernelOption.NET_CLS_BPF)
                : switch (attachType.get()) {
                    case TCX_INGRESS, TCX_EGRESS -> List.of(KernelOption.NET_XGRESS);
                    case NETKIT_PRIMARY, NETKIT_PEER -> List.of(KernelOption.NETKIT);
                    default -> List.of();
                };
    }

    private static List<KernelOption> map(MapType type) {
        return switch (type) {
            case CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> List.of(KernelOption.CGROUP_BPF);
            case CGROUP_ARRAY, CGRP_STORAGE -> List.of(KernelOption.CGROUPS);
            case INODE_STORAGE -> List.of(KernelOption.BPF_LSM);
            case STACK_TRACE -> List.of(KernelOption.PERF_EVENTS);
            case XSKMAP -> List.of(KernelOption.XDP_SOCKETS);
            case SOCKMAP, SOCKHASH, DEVMAP, DEVMAP_HASH, CPUMAP, SK_STORAGE -> List.of(KernelOption.NET);
            case REUSEPORT_SOCKARRAY -> List.of(KernelOption.INET);
            case STRUCT_OPS -> List.of(KernelOption.BPF_JIT, KernelOption.DEBUG_INFO_BTF);
            default -> List.of();
        };
    }
}
