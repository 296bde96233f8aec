package dev.skep.verifier.kernel;

import static dev.skep.verifier.kernel.KernelFunction.function;
import static dev.skep.verifier.kernel.KernelFunction.registered;
import static dev.skep.verifier.kernel.KernelFunctionFlag.ACQUIRE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RELEASE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RET_NULL;
import static dev.skep.verifier.kernel.KernelFunctionFlag.TRUSTED_ARGS;

import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Kernel functions for packets, connections, sockets and congestion control: net (6.18). */
final class NetworkFunctions {
    /** net/core/filter.c. */
    private static final List<KernelFunction> SOCKET_BUFFERS =
            registered(FunctionHooks.SOCKET_BUFFERS, function("bpf_dynptr_from_skb", "6.4", TRUSTED_ARGS));

    /** net/core/filter.c. */
    private static final List<KernelFunction> CLASSIFIERS = registered(
            Set.of(ProgramType.SCHED_CLS, ProgramType.SCHED_ACT),
            function("bpf_dynptr_from_skb_meta", "6.18", TRUSTED_ARGS));

    /** net/core/filter.c. */
    private static final List<KernelFunction> REQUESTS =
            registered(Set.of(ProgramType.SCHED_CLS), function("bpf_sk_assign_tcp_reqsk", "6.9", TRUSTED_ARGS));

    /** net/core/filter.c, net/core/xdp.c, net/xfrm/xfrm_state_bpf.c; metadata only for programs bound to a device. */
    private static final List<KernelFunction> XDP = registered(
            Set.of(ProgramType.XDP),
            function("bpf_dynptr_from_xdp", "6.4"),
            function("bpf_xdp_pull_data", "6.18"),
            function("bpf_xdp_metadata_rx_timestamp", "6.3", TRUSTED_ARGS),
            function("bpf_xdp_metadata_rx_hash", "6.3", TRUSTED_ARGS),
            function("bpf_xdp_metadata_rx_vlan_tag", "6.8", TRUSTED_ARGS),
            function("bpf_xdp_get_xfrm_state", "6.8", ACQUIRE, RET_NULL),
            function("bpf_xdp_xfrm_state_release", "6.8", RELEASE));

    /** net/netfilter/nf_conntrack_bpf.c, nf_nat_bpf.c. */
    private static final List<KernelFunction> CONNECTIONS = registered(
            Set.of(ProgramType.SCHED_CLS, ProgramType.XDP),
            function("bpf_xdp_ct_alloc", "6.0", ACQUIRE, RET_NULL),
            function("bpf_xdp_ct_lookup", "5.18", ACQUIRE, RET_NULL),
            function("bpf_skb_ct_alloc", "6.0", ACQUIRE, RET_NULL),
            function("bpf_skb_ct_lookup", "5.18", ACQUIRE, RET_NULL),
            function("bpf_ct_insert_entry", "6.0", ACQUIRE, RET_NULL, RELEASE),
            function("bpf_ct_release", "5.18", RELEASE),
            function("bpf_ct_set_timeout", "6.0", TRUSTED_ARGS),
            function("bpf_ct_change_timeout", "6.0", TRUSTED_ARGS),
            function("bpf_ct_set_status", "6.0", TRUSTED_ARGS),
            function("bpf_ct_change_status", "6.0", TRUSTED_ARGS),
            function("bpf_ct_set_nat_info", "6.1", TRUSTED_ARGS));

    /** net/core/filter.c; what they take says for which hook each is. */
    private static final List<KernelFunction> CONTROL_GROUPS = registered(
            FunctionHooks.CGROUP,
            function("bpf_sock_addr_set_sun_path", "6.7"),
            function("bpf_sock_ops_enable_tx_tstamp", "6.15", TRUSTED_ARGS));

    /** net/xfrm/xfrm_interface_bpf.c, net/ipv4/fou_bpf.c. */
    private static final List<KernelFunction> TUNNELS = registered(
            Set.of(ProgramType.SCHED_CLS),
            function("bpf_skb_get_xfrm_info", "6.2"),
            function("bpf_skb_set_xfrm_info", "6.2"),
            function("bpf_skb_set_fou_encap", "6.4"),
            function("bpf_skb_get_fou_encap", "6.4"));

    /** net/ipv4/bpf_tcp_ca.c, tcp_cubic.c, tcp_bbr.c, tcp_dctcp.c. */
    private static final List<KernelFunction> CONGESTION_CONTROL = registered(
            Set.of(ProgramType.STRUCT_OPS),
            function("tcp_reno_ssthresh", "5.13"),
            function("tcp_reno_cong_avoid", "5.13"),
            function("tcp_reno_undo_cwnd", "5.13"),
            function("tcp_slow_start", "5.13"),
            function("tcp_cong_avoid_ai", "5.13"),
            function("cubictcp_init", "5.13"),
            function("cubictcp_recalc_ssthresh", "5.13"),
            function("cubictcp_cong_avoid", "5.13"),
            function("cubictcp_state", "5.13"),
            function("cubictcp_cwnd_event", "5.13"),
            function("cubictcp_acked", "5.13"),
            function("dctcp_init", "5.13"),
            function("dctcp_update_alpha", "5.13"),
            function("dctcp_cwnd_event", "5.13"),
            function("dctcp_ssthresh", "5.13"),
            function("dctcp_cwnd_undo", "5.13"),
            function("dctcp_state", "5.13"),
            function("bbr_init", "5.13"),
            function("bbr_main", "5.13"),
            function("bbr_sndbuf_expand", "5.13"),
            function("bbr_undo_cwnd", "5.13"),
            function("bbr_cwnd_event", "5.13"),
            function("bbr_ssthresh", "5.13"),
            function("bbr_min_tso_segs", "5.13"),
            function("bbr_set_state", "5.13"));

    /** net/sched/bpf_qdisc.c. */
    private static final List<KernelFunction> QUEUEING = registered(
            Set.of(ProgramType.STRUCT_OPS),
            function("bpf_skb_get_hash", "6.16", TRUSTED_ARGS),
            function("bpf_kfree_skb", "6.16", RELEASE),
            function("bpf_qdisc_skb_drop", "6.16", RELEASE),
            function("bpf_qdisc_watchdog_schedule", "6.16", TRUSTED_ARGS),
            function("bpf_qdisc_bstats_update", "6.16", TRUSTED_ARGS));

    /** net/bpf/test_run.c: in every kernel, for its own tests. */
    private static final List<KernelFunction> TESTS = registered(
            FunctionHooks.TESTED,
            function("bpf_kfunc_call_test_release", "5.18", RELEASE),
            function("bpf_kfunc_call_memb_release", "5.18", RELEASE));

    private NetworkFunctions() {}

    static Stream<KernelFunction> all() {
        return Stream.of(
                        SOCKET_BUFFERS,
                        CLASSIFIERS,
                        REQUESTS,
                        XDP,
                        CONNECTIONS,
                        CONTROL_GROUPS,
                        TUNNELS,
                        CONGESTION_CONTROL,
                        QUEUEING,
                        TESTS)
                .flatMap(List::stream);
    }
}
