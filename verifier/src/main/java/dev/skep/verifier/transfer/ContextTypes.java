package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.Optional;
import java.util.Set;

/** Which C types stand for the context of a type of program ({@code btf_is_prog_ctx_type}). */
final class ContextTypes {
    private ContextTypes() {}

    /** True if a pointer to {@code target} is the context. */
    static boolean isContextOf(ProgramKind kind, Btf btf, int target) {
        return btf.type(target) instanceof BtfType.Composite composite && names(kind).contains(composite.name());
    }

    /** As {@link #isContextOf}, and also the struct of the kernel's that the context shows. */
    static boolean isContextOrKernelForm(ProgramKind kind, Btf btf, int target) {
        if (isContextOf(kind, btf, target)) {
            return true;
        }
        String projection = switch (btf.name(target)) {
            case "sk_buff" -> "__sk_buff";
            case "xdp_buff" -> "xdp_md";
            default -> "";
        };
        return names(kind).contains(projection);
    }

    /** The struct of the kernel's behind the context of this type of program ({@code struct bpf_ctx_convert}); empty if none is. */
    static Optional<String> kernelForm(ProgramKind kind) {
        return switch (kind.type()) {
            case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, CGROUP_SKB, LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL, SK_SKB ->
                Optional.of("sk_buff");
            case XDP -> Optional.of("xdp_buff");
            case CGROUP_SOCK -> Optional.of("sock");
            case CGROUP_SOCK_ADDR -> Optional.of("bpf_sock_addr_kern");
            case SOCK_OPS -> Optional.of("bpf_sock_ops_kern");
            case SK_MSG -> Optional.of("sk_msg");
            case FLOW_DISSECTOR -> Optional.of("bpf_flow_dissector");
            case KPROBE -> Optional.of("pt_regs");
            case PERF_EVENT -> Optional.of("bpf_perf_event_data_kern");
            case CGROUP_DEVICE -> Optional.of("bpf_cgroup_dev_ctx");
            case CGROUP_SYSCTL -> Optional.of("bpf_sysctl_kern");
            case CGROUP_SOCKOPT -> Optional.of("bpf_sockopt_kern");
            case SK_REUSEPORT -> Optional.of("sk_reuseport_kern");
            case SK_LOOKUP -> Optional.of("bpf_sk_lookup_kern");
            case NETFILTER -> Optional.of("bpf_nf_ctx");
            default -> Optional.empty();
        };
    }

    private static Set<String> names(ProgramKind kind) {
        return switch (kind.type()) {
            case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, CGROUP_SKB, LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL, SK_SKB,
                    FLOW_DISSECTOR ->
                Set.of("__sk_buff");
            case XDP -> Set.of("xdp_md");
            case CGROUP_SOCK -> Set.of("bpf_sock");
            case CGROUP_SOCK_ADDR -> Set.of("bpf_sock_addr");
            case SOCK_OPS -> Set.of("bpf_sock_ops");
            case SK_MSG -> Set.of("sk_msg_md");
            case KPROBE -> Set.of("pt_regs", "user_pt_regs", "bpf_user_pt_regs_t");
            case PERF_EVENT -> Set.of("bpf_perf_event_data");
            case RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE -> Set.of("bpf_raw_tracepoint_args");
            case CGROUP_DEVICE -> Set.of("bpf_cgroup_dev_ctx");
            case CGROUP_SYSCTL -> Set.of("bpf_sysctl");
            case CGROUP_SOCKOPT -> Set.of("bpf_sockopt");
            case SK_REUSEPORT -> Set.of("sk_reuseport_md");
            case SK_LOOKUP -> Set.of("bpf_sk_lookup");
            case NETFILTER -> Set.of("bpf_nf_ctx");
            default -> Set.of();
        };
    }
}
