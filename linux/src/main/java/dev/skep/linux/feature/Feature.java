package dev.skep.linux.feature;

import dev.skep.object.KernelVersion;

/**
 * What kernels differ in beyond types of programs and maps: what is called what, since which kernel, and how to ask for it.
 *
 * <p>The kernels are those whose history first has the change (git.kernel.org); a distributor's kernel may have it earlier, which
 * is why each is tried. The first part is what libbpf's {@code enum kern_feature_id} has.
 */
public enum Feature {
    PROG_NAME("names of programs", "4.15", ProgramProbes::name),
    MAP_NAME("names of maps", "4.15", MapProbes::name),
    GLOBAL_DATA("global variables", "5.2", MapProbes::globalData),
    BTF("BTF", "4.18", BtfProbes::btf),
    BTF_FUNC("functions in BTF", "5.0", BtfProbes::function),
    BTF_GLOBAL_FUNC("global functions in BTF", "5.6", BtfProbes::globalFunction),
    BTF_DATASEC("data sections in BTF", "5.2", BtfProbes::dataSection),
    BTF_QMARK_DATASEC("data sections named ?... in BTF", "6.9", BtfProbes::dataSectionWithQuestionMark),
    BTF_FLOAT("floating point types in BTF", "5.13", BtfProbes::floatingPoint),
    BTF_DECL_TAG("declaration tags in BTF", "5.16", BtfProbes::declarationTag),
    BTF_TYPE_TAG("type tags in BTF", "5.17", BtfProbes::typeTag),
    BTF_ENUM64("64-bit enumerations in BTF", "6.0", BtfProbes::wideEnumeration),
    ARRAY_MMAP("arrays mapped into memory", "5.5", MapProbes::mappedArray),
    EXP_ATTACH_TYPE("expected attach type", "4.17", ProgramProbes::expectedAttachType),
    PROBE_READ_KERNEL("bpf_probe_read_kernel()", "5.5", ProgramProbes::probeReadKernel),
    PROG_BIND_MAP("maps bound to programs", "5.10", MapProbes::boundMap),
    MODULE_BTF("BTF of kernel modules", "5.11", BtfProbes::moduleBtf),
    PERF_LINK("links to perf events", "5.15", LinkProbes::perfEvent),
    BPF_COOKIE("cookies of attachments", "5.15", ProgramProbes::cookie),
    MEMCG_ACCOUNT("memory charged to the control group, not to RLIMIT_MEMLOCK", "5.11", ProgramProbes::coarseClock),
    SYSCALL_WRAPPER("system calls behind wrappers (__x64_sys_...)", "4.17", SymbolProbes::systemCallWrapper),
    KPROBE_MULTI_LINK("links to many kprobes", "5.18", LinkProbes::kprobeMulti),
    UPROBE_MULTI_LINK("links to many uprobes", "6.6", LinkProbes::uprobeMulti),
    ARG_CTX_TAG("arg:ctx tags of global functions", "6.8", ProgramProbes::contextTag),

    KPROBE_SESSION("kprobe sessions", "6.10", LinkProbes::kprobeSession),
    UPROBE_SESSION("uprobe sessions", "6.13", LinkProbes::uprobeSession),
    LINKS("links of bpf(2)", "5.8", LinkProbes::enumeration),
    ITERATORS("iterators", "5.8", LinkProbes::iterator),
    TCX("links to traffic control (tcx)", "6.6", LinkProbes::tcx),
    NETKIT("links to netkit devices", "6.7", LinkProbes::netkit),
    TOKENS("BPF tokens", "6.9", LinkProbes::token),
    MAP_BATCH("map operations in batches", "5.6", MapProbes::batch),
    MAP_FREEZE("frozen maps", "5.2", MapProbes::freeze),
    LOG_TRUE_SIZE("the log's full size", "6.4", ProgramProbes::trueSizeOfLog),
    FD_ARRAY_CNT("maps bound by a list of descriptors", "6.14", ProgramProbes::descriptorList),
    PROG_STREAMS("output streams of programs", "6.17", ProgramProbes::streams),

    FUNCTION_CALLS("functions within programs", "4.16", InstructionProbes::functionCall),
    LARGE_PROGRAMS("more than 4096 instructions", "5.2", InstructionProbes::largeProgram),
    BOUNDED_LOOPS("loops with a bound", "5.3", InstructionProbes::boundedLoop),
    MAY_GOTO("loops bounded by may_goto", "6.9", InstructionProbes::mayGoto),
    ISA_V2("instruction set v2: jumps on less-than", "4.14", InstructionProbes::jumpOnLess),
    ISA_V3("instruction set v3: 32-bit jumps", "5.1", InstructionProbes::narrowJump),
    ISA_ATOMICS("atomic operations that fetch", "5.12", InstructionProbes::fetchingAtomic),
    ISA_V4("instruction set v4: sign extension, swap, long jump", "6.6", InstructionProbes::signExtension),
    ISA_LOAD_ACQUIRE("load-acquire and store-release", "6.15", InstructionProbes::loadAcquire);

    private final String description;
    private final KernelVersion since;
    private final Probe probe;

    Feature(String description, String since, Probe probe) {
        this.description = description;
        this.since = KernelVersion.of(since);
        this.probe = probe;
    }

    /** A few words for people. */
    public String description() {
        return description;
    }

    /** The first kernel that has it. */
    public KernelVersion since() {
        return since;
    }

    Probe probe() {
        return probe;
    }
}
