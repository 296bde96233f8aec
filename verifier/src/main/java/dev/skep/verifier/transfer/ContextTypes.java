package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.Set;

/** Which C types stand for the context of a type of program ({@code btf_is_prog_ctx_type}). */
final class ContextTypes {
    private ContextTypes() {}

    /** True if a pointer to {@code target} is the context. */
    static boolean isContextOf(ProgramKind kind, Btf btf, int target) {
        return btf.type(target) instanceof BtfType.Composite composite && names(kind).contains(composite.name());
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
