package dev.skep.linux.feature;

/** How each {@link Feature} is found out. A switch, not a function in each: fifty of those take time when the first is asked for. */
final class FeatureProbes {
    private FeatureProbes() {}

    static Support ask(Feature feature) {
        return switch (feature) {
            case PROG_NAME -> ProgramProbes.name();
            case MAP_NAME -> MapProbes.name();
            case GLOBAL_DATA -> MapProbes.globalData();
            case BTF -> BtfProbes.btf();
            case BTF_FUNC -> BtfProbes.function();
            case BTF_GLOBAL_FUNC -> BtfProbes.globalFunction();
            case BTF_DATASEC -> BtfProbes.dataSection();
            case BTF_QMARK_DATASEC -> BtfProbes.dataSectionWithQuestionMark();
            case BTF_FLOAT -> BtfProbes.floatingPoint();
            case BTF_DECL_TAG -> BtfProbes.declarationTag();
            case BTF_TYPE_TAG -> BtfProbes.typeTag();
            case BTF_ENUM64 -> BtfProbes.wideEnumeration();
            case ARRAY_MMAP -> MapProbes.mappedArray();
            case EXP_ATTACH_TYPE -> ProgramProbes.expectedAttachType();
            case PROBE_READ_KERNEL -> ProgramProbes.probeReadKernel();
            case PROG_BIND_MAP -> MapProbes.boundMap();
            case MODULE_BTF -> BtfProbes.moduleBtf();
            case PERF_LINK -> LinkProbes.perfEvent();
            case BPF_COOKIE -> ProgramProbes.cookie();
            case MEMCG_ACCOUNT -> ProgramProbes.coarseClock();
            case SYSCALL_WRAPPER -> SymbolProbes.systemCallWrapper();
            case KPROBE_MULTI_LINK -> LinkProbes.kprobeMulti();
            case UPROBE_MULTI_LINK -> LinkProbes.uprobeMulti();
            case ARG_CTX_TAG -> ProgramProbes.contextTag();
            case KPROBE_SESSION -> LinkProbes.kprobeSession();
            case UPROBE_SESSION -> LinkProbes.uprobeSession();
            case LINKS -> LinkProbes.enumeration();
            case ITERATORS -> LinkProbes.iterator();
            case CGROUP_LINK -> LinkProbes.cgroup();
            case NETNS_LINK -> LinkProbes.networkNamespace();
            case XDP_LINK -> LinkProbes.xdp();
            case STRUCT_OPS_LINK -> LinkProbes.structOps();
            case NETFILTER_LINK -> LinkProbes.netfilter();
            case SOCKMAP_LINK -> LinkProbes.socketMap();
            case TCX -> LinkProbes.tcx();
            case NETKIT -> LinkProbes.netkit();
            case TOKENS -> LinkProbes.token();
            case MAP_BATCH -> MapProbes.batch();
            case MAP_FREEZE -> MapProbes.freeze();
            case LOG_TRUE_SIZE -> ProgramProbes.trueSizeOfLog();
            case FD_ARRAY_CNT -> ProgramProbes.descriptorList();
            case PROG_STREAMS -> ProgramProbes.streams();
            case FUNCTION_CALLS -> InstructionProbes.functionCall();
            case LARGE_PROGRAMS -> InstructionProbes.largeProgram();
            case BOUNDED_LOOPS -> InstructionProbes.boundedLoop();
            case MAY_GOTO -> InstructionProbes.mayGoto();
            case ISA_V2 -> InstructionProbes.jumpOnLess();
            case ISA_V3 -> InstructionProbes.narrowJump();
            case ISA_ATOMICS -> InstructionProbes.fetchingAtomic();
            case ISA_V4 -> InstructionProbes.signExtension();
            case ISA_LOAD_ACQUIRE -> InstructionProbes.loadAcquire();
        };
    }
}
