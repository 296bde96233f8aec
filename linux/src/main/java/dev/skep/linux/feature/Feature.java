package dev.skep.linux.feature;

import dev.skep.object.KernelVersion;

/**
 * What kernels differ in beyond types of programs and maps.
 *
 * <p>The kernels are those whose history first has the change (git.kernel.org); a distributor's kernel may have it earlier, which
 * is why each is tried. The first part is what libbpf's {@code enum kern_feature_id} has.
 */
public enum Feature {
    PROG_NAME(Area.PROGRAMS, "names of programs", "4.15"),
    MAP_NAME(Area.MAPS, "names of maps", "4.15"),
    GLOBAL_DATA(Area.MAPS, "global variables", "5.2"),
    BTF(Area.TYPES, "BTF", "4.18"),
    BTF_FUNC(Area.TYPES, "functions in BTF", "5.0"),
    BTF_GLOBAL_FUNC(Area.TYPES, "global functions in BTF", "5.6"),
    BTF_DATASEC(Area.TYPES, "data sections in BTF", "5.2"),
    BTF_QMARK_DATASEC(Area.TYPES, "data sections named ?... in BTF", "6.9"),
    BTF_FLOAT(Area.TYPES, "floating point types in BTF", "5.13"),
    BTF_DECL_TAG(Area.TYPES, "declaration tags in BTF", "5.16"),
    BTF_TYPE_TAG(Area.TYPES, "type tags in BTF", "5.17"),
    BTF_ENUM64(Area.TYPES, "64-bit enumerations in BTF", "6.0"),
    ARRAY_MMAP(Area.MAPS, "arrays mapped into memory", "5.5"),
    EXP_ATTACH_TYPE(Area.PROGRAMS, "expected attach type", "4.17"),
    PROBE_READ_KERNEL(Area.PROGRAMS, "bpf_probe_read_kernel()", "5.5"),
    PROG_BIND_MAP(Area.MAPS, "maps bound to programs", "5.10"),
    MODULE_BTF(Area.TYPES, "BTF of kernel modules", "5.11"),
    PERF_LINK(Area.LINKS, "links to perf events", "5.15"),
    BPF_COOKIE(Area.LINKS, "cookies of attachments", "5.15"),
    MEMCG_ACCOUNT(Area.MAPS, "memory charged to the control group, not to RLIMIT_MEMLOCK", "5.11"),
    SYSCALL_WRAPPER(Area.PROGRAMS, "system calls behind wrappers (__x64_sys_...)", "4.17"),
    KPROBE_MULTI_LINK(Area.LINKS, "links to many kprobes", "5.18"),
    UPROBE_MULTI_LINK(Area.LINKS, "links to many uprobes", "6.6"),
    ARG_CTX_TAG(Area.PROGRAMS, "arg:ctx tags of global functions", "6.8"),

    KPROBE_SESSION(Area.LINKS, "kprobe sessions", "6.10"),
    UPROBE_SESSION(Area.LINKS, "uprobe sessions", "6.13"),
    LINKS(Area.LINKS, "links of bpf(2)", "5.8"),
    ITERATORS(Area.LINKS, "iterators", "5.8"),
    CGROUP_LINK(Area.LINKS, "links to control groups", "5.7"),
    NETNS_LINK(Area.LINKS, "links to network namespaces", "5.8"),
    XDP_LINK(Area.LINKS, "links to interfaces (XDP)", "5.9"),
    STRUCT_OPS_LINK(Area.LINKS, "links of struct_ops maps", "6.4"),
    NETFILTER_LINK(Area.LINKS, "links to netfilter hooks", "6.4"),
    SOCKMAP_LINK(Area.LINKS, "links to socket maps", "6.10"),
    TCX(Area.LINKS, "links to traffic control (tcx)", "6.6"),
    NETKIT(Area.LINKS, "links to netkit devices", "6.7"),
    TOKENS(Area.PROGRAMS, "BPF tokens", "6.9"),
    MAP_BATCH(Area.MAPS, "map operations in batches", "5.6"),
    MAP_FREEZE(Area.MAPS, "frozen maps", "5.2"),
    LOG_TRUE_SIZE(Area.PROGRAMS, "the log's full size", "6.4"),
    FD_ARRAY_CNT(Area.PROGRAMS, "maps bound by a list of descriptors", "6.14"),
    PROG_STREAMS(Area.PROGRAMS, "output streams of programs", "6.17"),

    FUNCTION_CALLS(Area.INSTRUCTIONS, "functions within programs", "4.16"),
    LARGE_PROGRAMS(Area.INSTRUCTIONS, "more than 4096 instructions", "5.2"),
    BOUNDED_LOOPS(Area.INSTRUCTIONS, "loops with a bound", "5.3"),
    MAY_GOTO(Area.INSTRUCTIONS, "loops bounded by may_goto", "6.9"),
    ISA_V2(Area.INSTRUCTIONS, "instruction set v2: jumps on less-than", "4.14"),
    ISA_V3(Area.INSTRUCTIONS, "instruction set v3: 32-bit jumps", "5.1"),
    ISA_ATOMICS(Area.INSTRUCTIONS, "atomic operations that fetch", "5.12"),
    ISA_V4(Area.INSTRUCTIONS, "instruction set v4: sign extension, swap, long jump", "6.6"),
    ISA_LOAD_ACQUIRE(Area.INSTRUCTIONS, "load-acquire and store-release", "6.15");

    /** What a feature is about. */
    public enum Area {
        PROGRAMS,
        TYPES,
        MAPS,
        LINKS,
        INSTRUCTIONS
    }

    private final Area area;
    private final String description;
    private final KernelVersion since;

    Feature(Area area, String description, String since) {
        this.area = area;
        this.description = description;
        this.since = KernelVersion.of(since);
    }

    /** What it is about. */
    public Area area() {
        return area;
    }

    /** A few words for people. */
    public String description() {
        return description;
    }

    /** The first kernel that has it. */
    public KernelVersion since() {
        return since;
    }
}
