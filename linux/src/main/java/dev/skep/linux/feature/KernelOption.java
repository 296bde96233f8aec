package dev.skep.linux.feature;

/**
 * Options of the kernel's configuration that decide what BPF can do: those that {@code bpftool feature probe} shows, and what newer
 * kernels have added. The name with {@code CONFIG_} before it is the option's.
 */
public enum KernelOption {
    BPF("the kernel has BPF"),
    BPF_SYSCALL("bpf(2) is there"),
    HAVE_EBPF_JIT("the architecture has a JIT"),
    BPF_JIT("programs are compiled"),
    BPF_JIT_ALWAYS_ON("programs are never interpreted"),
    BPF_UNPRIV_DEFAULT_OFF("ordinary users may not use bpf(2) at first"),
    DEBUG_INFO_BTF("the kernel shows its types: CO-RE, BTF tracepoints, fentry, struct_ops, kfuncs"),
    DEBUG_INFO_BTF_MODULES("modules show their types"),
    MODULES("the kernel loads modules"),
    IKCONFIG_PROC("the kernel shows its configuration"),
    KALLSYMS_ALL("the kernel shows its variables' addresses"),
    CGROUPS("control groups"),
    CGROUP_BPF("programs for control groups"),
    CGROUP_NET_CLASSID("bpf_get_cgroup_classid()"),
    SOCK_CGROUP_DATA("sockets know their control group"),
    PERF_EVENTS("perf events"),
    BPF_EVENTS("programs for kprobes, uprobes and tracepoints"),
    KPROBES("kprobes"),
    KPROBE_EVENTS("kprobes through perf and tracefs"),
    UPROBE_EVENTS("uprobes through perf and tracefs"),
    FPROBE("links to many kprobes"),
    TRACING("tracing"),
    FTRACE_SYSCALLS("tracepoints of system calls"),
    FUNCTION_TRACER("fentry and fexit"),
    DYNAMIC_FTRACE_WITH_DIRECT_CALLS("fentry and fexit"),
    FUNCTION_ERROR_INJECTION("bpf_override_return()"),
    BPF_KPROBE_OVERRIDE("bpf_override_return()"),
    BPF_LSM("security programs"),
    SECURITY_LOCKDOWN_LSM("the kernel can be locked down"),
    SCHED_CLASS_EXT("schedulers as programs (sched_ext)"),
    NET("networking"),
    INET("IPv4"),
    XDP_SOCKETS("AF_XDP sockets"),
    LWTUNNEL_BPF("programs for lightweight tunnels"),
    NET_ACT_BPF("programs as traffic control actions"),
    NET_CLS_BPF("programs as traffic control classifiers"),
    NET_CLS_ACT("traffic control actions"),
    NET_SCH_INGRESS("the clsact and ingress queueing disciplines"),
    NET_XGRESS("links to traffic control (tcx)"),
    NETKIT("netkit devices"),
    XFRM("bpf_skb_get_xfrm_state()"),
    IP_ROUTE_CLASSID("bpf_get_route_realm()"),
    IPV6_SEG6_BPF("programs for IPv6 segment routing"),
    BPF_LIRC_MODE2("programs for infrared remote controls"),
    BPF_STREAM_PARSER("programs for socket maps"),
    NETFILTER_XT_MATCH_BPF("iptables rules with programs"),
    NETFILTER_BPF_LINK("links to netfilter hooks"),
    TEST_BPF("the kernel's own tests of BPF"),
    HZ("ticks per second");

    private final String purpose;

    KernelOption(String purpose) {
        this.purpose = purpose;
    }

    /** The name in the configuration: {@code CONFIG_BPF}. */
    public String option() {
        return "CONFIG_" + name();
    }

    /** What it is for, in a few words. */
    public String purpose() {
        return purpose;
    }
}
