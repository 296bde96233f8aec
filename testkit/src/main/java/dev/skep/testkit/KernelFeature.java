package dev.skep.testkit;

import java.util.List;
import java.util.Optional;

/**
 * What a test may need of the running kernel: see {@link NeedsKernel}.
 *
 * <p>Each has the first version that has it, the name in {@code include/uapi/linux/bpf.h} that came with it (which the
 * kernel's own BTF lists, if it is there, whatever the version says), and the options it must be built with. Versions
 * up to 6.4 are those of docs.ebpf.io (data/feature-versions.yaml of github.com/isovalent/ebpf-docs, which names the commits), later
 * ones those of the releases that git.kernel.org has the commits in; {@code vm/run} holds them against the kernels that it boots.
 */
public enum KernelFeature {
    /** Programs on tracepoints. */
    TRACEPOINT("4.7", "BPF_PROG_TYPE_TRACEPOINT", "BPF_EVENTS"),
    /** Raw tracepoints. */
    RAW_TRACEPOINT("4.17", "BPF_PROG_TYPE_RAW_TRACEPOINT", "BPF_EVENTS"),
    /** Raw tracepoints with typed arguments. */
    TP_BTF("5.5", "BPF_TRACE_RAW_TP", "BPF_EVENTS", "DEBUG_INFO_BTF"),
    /** Probes on kernel functions, one each. */
    KPROBE("4.1", "BPF_PROG_TYPE_KPROBE", "KPROBES", "KPROBE_EVENTS", "BPF_EVENTS"),
    /** One link for probes on many kernel functions. */
    KPROBE_MULTI("5.18", "BPF_TRACE_KPROBE_MULTI", "FPROBE", "BPF_EVENTS"),
    /** Probes at entry that decide whether there is one at the return. */
    KPROBE_SESSION("6.10", "BPF_TRACE_KPROBE_SESSION", "FPROBE", "BPF_EVENTS"),
    /** Probes on functions of a process, one each. */
    UPROBE("4.3", "BPF_PROG_TYPE_KPROBE", "UPROBES", "UPROBE_EVENTS", "BPF_EVENTS"),
    /** One link for probes on many functions of a file. */
    UPROBE_MULTI("6.6", "BPF_TRACE_UPROBE_MULTI", "UPROBES", "BPF_EVENTS"),
    /** As {@link #KPROBE_SESSION}, for functions of a file. */
    UPROBE_SESSION("6.13", "BPF_TRACE_UPROBE_SESSION", "UPROBES", "BPF_EVENTS"),
    /** Trampolines at the entry and at the return of kernel functions: fentry, fexit. */
    FENTRY("5.5", "BPF_TRACE_FENTRY", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS", "BPF_JIT", "DEBUG_INFO_BTF") {
        @Override
        Optional<ProgramKind> programKind() {
            return Optional.of(new ProgramKind(26, 24)); // BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY
        }
    },
    /** Trampolines that change what a kernel function returns. */
    FMOD_RET("5.7", "BPF_MODIFY_RETURN", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS", "BPF_JIT", "DEBUG_INFO_BTF") {
        @Override
        Optional<ProgramKind> programKind() {
            return Optional.of(new ProgramKind(26, 26)); // BPF_PROG_TYPE_TRACING, BPF_MODIFY_RETURN
        }
    },
    /** Trampolines of a loaded program attached more than once. It brought no name; the one here came in the same release. */
    TRAMPOLINE_REATTACH("5.13", "BPF_SK_SKB_VERDICT", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS", "BPF_JIT", "DEBUG_INFO_BTF"),
    /** Cookies of trampolines, which brought no name; the one here came in the same release. */
    TRACING_COOKIE("5.19", "BPF_FUNC_kptr_xchg", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS", "BPF_JIT", "DEBUG_INFO_BTF"),
    /** Functions of a loaded program replaced by others. */
    FREPLACE("5.6", "BPF_PROG_TYPE_EXT", "BPF_JIT", "DEBUG_INFO_BTF") {
        @Override
        Optional<ProgramKind> programKind() {
            return Optional.of(new ProgramKind(28, 0)); // BPF_PROG_TYPE_EXT
        }
    },
    /** Programs on the hooks of Linux Security Modules. */
    LSM("5.7", "BPF_LSM_MAC", "BPF_LSM", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS", "DEBUG_INFO_BTF") {
        @Override
        Optional<ProgramKind> programKind() {
            return Optional.of(new ProgramKind(29, 27)); // BPF_PROG_TYPE_LSM, BPF_LSM_MAC
        }

        @Override
        boolean needsSecurityModule() {
            return true;
        }
    },
    /** {@link #LSM} for the processes of a cgroup. */
    LSM_CGROUP("6.0", "BPF_LSM_CGROUP", "BPF_LSM", "CGROUP_BPF", "DEBUG_INFO_BTF") {
        @Override
        Optional<ProgramKind> programKind() {
            return Optional.of(new ProgramKind(29, 43)); // BPF_PROG_TYPE_LSM, BPF_LSM_CGROUP
        }

        @Override
        boolean needsSecurityModule() {
            return true;
        }
    },
    /** Iterators. */
    ITERATOR("5.8", "BPF_TRACE_ITER", "BPF_EVENTS", "DEBUG_INFO_BTF"),
    /** Links to cgroups. */
    CGROUP_LINK("5.7", "BPF_LINK_CREATE", "CGROUP_BPF"),
    /** Programs on what the processes of a cgroup do with Unix sockets. */
    CGROUP_UNIX("6.7", "BPF_CGROUP_UNIX_CONNECT", "CGROUP_BPF", "UNIX"),
    /** Orderings among the programs of a cgroup, which brought no name; the one here came in the same release. */
    CGROUP_ORDERING("6.17", "BPF_PROG_STREAM_READ_BY_FD", "CGROUP_BPF"),
    /** Links to network namespaces. */
    NETNS_LINK("5.8", "BPF_LINK_TYPE_NETNS", "NET"),
    /** Links for XDP. */
    XDP_LINK("5.9", "BPF_LINK_TYPE_XDP", "NET"),
    /** Links for perf events, and so for tracepoints, kprobes and uprobes. */
    PERF_EVENT_LINK("5.15", "BPF_LINK_TYPE_PERF_EVENT", "PERF_EVENTS", "BPF_EVENTS"),
    /** Programs for the functions of a kernel structure. */
    STRUCT_OPS("5.6", "BPF_PROG_TYPE_STRUCT_OPS", "BPF_JIT", "DEBUG_INFO_BTF"),
    /** Links for the functions of a kernel structure. */
    STRUCT_OPS_LINK("6.4", "BPF_STRUCT_OPS", "BPF_JIT", "DEBUG_INFO_BTF"),
    /** Netfilter hooks. */
    NETFILTER_LINK("6.4", "BPF_NETFILTER", "NETFILTER_BPF_LINK"),
    /** Traffic control without qdiscs. */
    TCX("6.6", "BPF_TCX_INGRESS", "NET_CLS_ACT"),
    /** Pairs of interfaces that run programs. */
    NETKIT("6.7", "BPF_NETKIT_PRIMARY", "NETKIT"),
    /** Verdicts on what sockets in a map receive, without a parser. */
    SK_SKB_VERDICT("5.13", "BPF_SK_SKB_VERDICT", "NET_SOCK_MSG"),
    /** Maps of sockets tell their programs, which brought no name; the one here came in the same release. */
    SOCKMAP_QUERY("5.18", "BPF_LINK_TYPE_KPROBE_MULTI", "NET_SOCK_MSG"),
    /** Links to maps of sockets. */
    SOCKMAP_LINK("6.10", "BPF_LINK_TYPE_SOCKMAP", "NET_SOCK_MSG"),
    /** Ring buffers. */
    RINGBUF("5.8", "BPF_MAP_TYPE_RINGBUF"),
    /** Ring buffers that user space writes. */
    USER_RINGBUF("6.1", "BPF_MAP_TYPE_USER_RINGBUF"),
    /** Maps of sockets for packets of XDP. */
    XSKMAP("4.18", "BPF_MAP_TYPE_XSKMAP", "XDP_SOCKETS"),
    /** Values beside inodes. */
    INODE_STORAGE("5.10", "BPF_MAP_TYPE_INODE_STORAGE", "BPF_LSM"),
    /** Values beside tasks. */
    TASK_STORAGE("5.11", "BPF_MAP_TYPE_TASK_STORAGE"),
    /** Maps that know what they have not. */
    BLOOM_FILTER("5.16", "BPF_MAP_TYPE_BLOOM_FILTER"),
    /** Values beside control groups. */
    CGRP_STORAGE("6.2", "BPF_MAP_TYPE_CGRP_STORAGE", "CGROUPS"),
    /** Memory shared by programs and user space. */
    ARENA("6.9", "BPF_MAP_TYPE_ARENA", "BPF_JIT"),
    /** Rights delegated to user namespaces. */
    TOKEN("6.9", "BPF_TOKEN_CREATE", "USER_NS");

    private final KernelVersion since;
    private final String marker;
    private final List<String> options;

    KernelFeature(String since, String marker, String... options) {
        this.since = KernelVersion.parse(since);
        this.marker = marker;
        this.options = List.of(options);
    }

    /**
     * What to try to load to see whether a policy forbids it.
     *
     * @param type of {@code enum bpf_prog_type}
     * @param attachType of {@code enum bpf_attach_type}
     */
    record ProgramKind(int type, int attachType) {}

    /** The first version that has it. */
    public KernelVersion since() {
        return since;
    }

    /** The enumerator of {@code include/uapi/linux/bpf.h} that came with it. */
    String marker() {
        return marker;
    }

    /** The options it must be built with, without {@code CONFIG_}. */
    List<String> options() {
        return options;
    }

    /** The kind of program that machines are known to forbid though their kernel has it; empty for most features. */
    Optional<ProgramKind> programKind() {
        return Optional.empty();
    }

    /** Whether {@code bpf} must be among the security modules that the kernel was started with. */
    boolean needsSecurityModule() {
        return false;
    }
}
