package dev.skep.object.program;

import static dev.skep.object.program.SectionDefinition.Match.EXACT;
import static dev.skep.object.program.SectionDefinition.Match.EXACT_OR_TARGET;
import static dev.skep.object.program.SectionDefinition.Trait.ATTACHABLE;
import static dev.skep.object.program.SectionDefinition.Trait.ATTACH_BTF;
import static dev.skep.object.program.SectionDefinition.Trait.ATTACH_TYPE_OPTIONAL;
import static dev.skep.object.program.SectionDefinition.Trait.SLEEPABLE;
import static dev.skep.object.program.SectionDefinition.Trait.USDT;
import static dev.skep.object.program.SectionDefinition.Trait.XDP_FRAGS;

import dev.skep.object.program.SectionDefinition.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The meaning of section names, {@code SEC("...")} in C: the table {@code section_defs} of libbpf 1.7 (tools/lib/bpf/libbpf.c of
 * Linux 7.0). The first row that matches counts.
 *
 * <p>A leading {@code ?} means that the program is not loaded unless asked for; the rest of the name counts.
 */
public final class SectionTable {
    private static final List<SectionDefinition> DEFINITIONS = List.of(
            exact("socket", ProgramType.SOCKET_FILTER),
            exact(
                    "sk_reuseport/migrate",
                    ProgramType.SK_REUSEPORT,
                    AttachType.SK_REUSEPORT_SELECT_OR_MIGRATE,
                    ATTACHABLE),
            exact("sk_reuseport", ProgramType.SK_REUSEPORT, AttachType.SK_REUSEPORT_SELECT, ATTACHABLE),
            // Kernel and user probes.
            target("kprobe", ProgramType.KPROBE),
            target("uprobe", ProgramType.KPROBE),
            target("uprobe.s", ProgramType.KPROBE, SLEEPABLE),
            target("kretprobe", ProgramType.KPROBE),
            target("uretprobe", ProgramType.KPROBE),
            target("uretprobe.s", ProgramType.KPROBE, SLEEPABLE),
            target("kprobe.multi", ProgramType.KPROBE, AttachType.TRACE_KPROBE_MULTI),
            target("kretprobe.multi", ProgramType.KPROBE, AttachType.TRACE_KPROBE_MULTI),
            target("kprobe.session", ProgramType.KPROBE, AttachType.TRACE_KPROBE_SESSION),
            target("uprobe.multi", ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI),
            target("uretprobe.multi", ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI),
            target("uprobe.session", ProgramType.KPROBE, AttachType.TRACE_UPROBE_SESSION),
            target("uprobe.multi.s", ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI, SLEEPABLE),
            target("uretprobe.multi.s", ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI, SLEEPABLE),
            target("uprobe.session.s", ProgramType.KPROBE, AttachType.TRACE_UPROBE_SESSION, SLEEPABLE),
            target("ksyscall", ProgramType.KPROBE),
            target("kretsyscall", ProgramType.KPROBE),
            target("usdt", ProgramType.KPROBE, USDT),
            target("usdt.s", ProgramType.KPROBE, USDT, SLEEPABLE),
            // Traffic control.
            exact("tc/ingress", ProgramType.SCHED_CLS, AttachType.TCX_INGRESS),
            exact("tc/egress", ProgramType.SCHED_CLS, AttachType.TCX_EGRESS),
            exact("tcx/ingress", ProgramType.SCHED_CLS, AttachType.TCX_INGRESS),
            exact("tcx/egress", ProgramType.SCHED_CLS, AttachType.TCX_EGRESS),
            exact("tc", ProgramType.SCHED_CLS),
            exact("classifier", ProgramType.SCHED_CLS),
            exact("action", ProgramType.SCHED_ACT),
            exact("netkit/primary", ProgramType.SCHED_CLS, AttachType.NETKIT_PRIMARY),
            exact("netkit/peer", ProgramType.SCHED_CLS, AttachType.NETKIT_PEER),
            // Tracepoints and functions found by BTF.
            target("tracepoint", ProgramType.TRACEPOINT),
            target("tp", ProgramType.TRACEPOINT),
            target("raw_tracepoint", ProgramType.RAW_TRACEPOINT),
            target("raw_tp", ProgramType.RAW_TRACEPOINT),
            target("raw_tracepoint.w", ProgramType.RAW_TRACEPOINT_WRITABLE),
            target("raw_tp.w", ProgramType.RAW_TRACEPOINT_WRITABLE),
            target("tp_btf", ProgramType.TRACING, AttachType.TRACE_RAW_TP, ATTACH_BTF),
            target("fentry", ProgramType.TRACING, AttachType.TRACE_FENTRY, ATTACH_BTF),
            target("fmod_ret", ProgramType.TRACING, AttachType.MODIFY_RETURN, ATTACH_BTF),
            target("fexit", ProgramType.TRACING, AttachType.TRACE_FEXIT, ATTACH_BTF),
            target("fentry.s", ProgramType.TRACING, AttachType.TRACE_FENTRY, ATTACH_BTF, SLEEPABLE),
            target("fmod_ret.s", ProgramType.TRACING, AttachType.MODIFY_RETURN, ATTACH_BTF, SLEEPABLE),
            target("fexit.s", ProgramType.TRACING, AttachType.TRACE_FEXIT, ATTACH_BTF, SLEEPABLE),
            target("fsession", ProgramType.TRACING, AttachType.TRACE_FSESSION, ATTACH_BTF),
            target("fsession.s", ProgramType.TRACING, AttachType.TRACE_FSESSION, ATTACH_BTF, SLEEPABLE),
            target("freplace", ProgramType.EXT, ATTACH_BTF),
            target("lsm", ProgramType.LSM, AttachType.LSM_MAC, ATTACH_BTF),
            target("lsm.s", ProgramType.LSM, AttachType.LSM_MAC, ATTACH_BTF, SLEEPABLE),
            target("lsm_cgroup", ProgramType.LSM, AttachType.LSM_CGROUP, ATTACH_BTF),
            target("iter", ProgramType.TRACING, AttachType.TRACE_ITER, ATTACH_BTF),
            target("iter.s", ProgramType.TRACING, AttachType.TRACE_ITER, ATTACH_BTF, SLEEPABLE),
            exact("syscall", ProgramType.SYSCALL, SLEEPABLE),
            // XDP.
            exact("xdp.frags/devmap", ProgramType.XDP, AttachType.XDP_DEVMAP, XDP_FRAGS),
            exact("xdp/devmap", ProgramType.XDP, AttachType.XDP_DEVMAP, ATTACHABLE),
            exact("xdp.frags/cpumap", ProgramType.XDP, AttachType.XDP_CPUMAP, XDP_FRAGS),
            exact("xdp/cpumap", ProgramType.XDP, AttachType.XDP_CPUMAP, ATTACHABLE),
            exact("xdp.frags", ProgramType.XDP, AttachType.XDP, XDP_FRAGS),
            exact("xdp", ProgramType.XDP, AttachType.XDP, ATTACHABLE, ATTACH_TYPE_OPTIONAL),
            exact("perf_event", ProgramType.PERF_EVENT),
            // Lightweight tunnels.
            exact("lwt_in", ProgramType.LWT_IN),
            exact("lwt_out", ProgramType.LWT_OUT),
            exact("lwt_xmit", ProgramType.LWT_XMIT),
            exact("lwt_seg6local", ProgramType.LWT_SEG6LOCAL),
            // Sockets.
            optional("sockops", ProgramType.SOCK_OPS, AttachType.CGROUP_SOCK_OPS),
            optional("sk_skb/stream_parser", ProgramType.SK_SKB, AttachType.SK_SKB_STREAM_PARSER),
            optional("sk_skb/stream_verdict", ProgramType.SK_SKB, AttachType.SK_SKB_STREAM_VERDICT),
            optional("sk_skb/verdict", ProgramType.SK_SKB, AttachType.SK_SKB_VERDICT),
            exact("sk_skb", ProgramType.SK_SKB),
            optional("sk_msg", ProgramType.SK_MSG, AttachType.SK_MSG_VERDICT),
            optional("lirc_mode2", ProgramType.LIRC_MODE2, AttachType.LIRC_MODE2),
            optional("flow_dissector", ProgramType.FLOW_DISSECTOR, AttachType.FLOW_DISSECTOR),
            // Control groups.
            optional("cgroup_skb/ingress", ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_INGRESS),
            optional("cgroup_skb/egress", ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_EGRESS),
            exact("cgroup/skb", ProgramType.CGROUP_SKB),
            attachable("cgroup/sock_create", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE),
            attachable("cgroup/sock_release", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_RELEASE),
            optional("cgroup/sock", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE),
            attachable("cgroup/post_bind4", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET4_POST_BIND),
            attachable("cgroup/post_bind6", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET6_POST_BIND),
            attachable("cgroup/bind4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_BIND),
            attachable("cgroup/bind6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_BIND),
            attachable("cgroup/connect4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_CONNECT),
            attachable("cgroup/connect6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_CONNECT),
            attachable("cgroup/connect_unix", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_CONNECT),
            attachable("cgroup/sendmsg4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP4_SENDMSG),
            attachable("cgroup/sendmsg6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_SENDMSG),
            attachable("cgroup/sendmsg_unix", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_SENDMSG),
            attachable("cgroup/recvmsg4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP4_RECVMSG),
            attachable("cgroup/recvmsg6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_RECVMSG),
            attachable("cgroup/recvmsg_unix", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_RECVMSG),
            attachable("cgroup/getpeername4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_GETPEERNAME),
            attachable("cgroup/getpeername6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_GETPEERNAME),
            attachable("cgroup/getpeername_unix", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_GETPEERNAME),
            attachable("cgroup/getsockname4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_GETSOCKNAME),
            attachable("cgroup/getsockname6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_GETSOCKNAME),
            attachable("cgroup/getsockname_unix", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_GETSOCKNAME),
            attachable("cgroup/sysctl", ProgramType.CGROUP_SYSCTL, AttachType.CGROUP_SYSCTL),
            attachable("cgroup/getsockopt", ProgramType.CGROUP_SOCKOPT, AttachType.CGROUP_GETSOCKOPT),
            attachable("cgroup/setsockopt", ProgramType.CGROUP_SOCKOPT, AttachType.CGROUP_SETSOCKOPT),
            optional("cgroup/dev", ProgramType.CGROUP_DEVICE, AttachType.CGROUP_DEVICE),
            // The rest.
            target("struct_ops", ProgramType.STRUCT_OPS),
            target("struct_ops.s", ProgramType.STRUCT_OPS, SLEEPABLE),
            attachable("sk_lookup", ProgramType.SK_LOOKUP, AttachType.SK_LOOKUP),
            exact("netfilter", ProgramType.NETFILTER, AttachType.NETFILTER));

    private SectionTable() {}

    /**
     * What a section's name says.
     *
     * @param definition the row of the table
     * @param target what follows {@code name/}: a function, {@code category/tracepoint}, {@code /path/to/binary:symbol}
     * @param autoload false if the name starts with {@code ?}
     */
    public record Meaning(SectionDefinition definition, Optional<String> target, boolean autoload) {}

    /** All rows, in the order in which they are tried. */
    public static List<SectionDefinition> definitions() {
        return DEFINITIONS;
    }

    /** What the name of a section of programs says; empty if it is none that libbpf knows. */
    public static Optional<Meaning> lookup(String section) {
        boolean autoload = !section.startsWith("?");
        String name = autoload ? section : section.substring(1);
        return DEFINITIONS.stream()
                .filter(definition -> definition.matches(name))
                .findFirst()
                .map(definition -> new Meaning(definition, definition.targetIn(name), autoload));
    }

    private static SectionDefinition exact(String name, ProgramType type, Trait... traits) {
        return new SectionDefinition(name, EXACT, type, Optional.empty(), Set.of(traits));
    }

    private static SectionDefinition exact(String name, ProgramType type, AttachType attach, Trait... traits) {
        return new SectionDefinition(name, EXACT, type, Optional.of(attach), Set.of(traits));
    }

    private static SectionDefinition attachable(String name, ProgramType type, AttachType attach) {
        return exact(name, type, attach, ATTACHABLE);
    }

    private static SectionDefinition optional(String name, ProgramType type, AttachType attach) {
        return exact(name, type, attach, ATTACHABLE, ATTACH_TYPE_OPTIONAL);
    }

    private static SectionDefinition target(String name, ProgramType type, Trait... traits) {
        return new SectionDefinition(name, EXACT_OR_TARGET, type, Optional.empty(), Set.of(traits));
    }

    private static SectionDefinition target(String name, ProgramType type, AttachType attach, Trait... traits) {
        return new SectionDefinition(name, EXACT_OR_TARGET, type, Optional.of(attach), Set.of(traits));
    }
}
