package dev.skep.verifier.kernel;

import static dev.skep.object.program.HelperId.GET_NUMA_NODE_ID;
import static dev.skep.object.program.HelperId.GET_PRANDOM_U32;
import static dev.skep.object.program.HelperId.GET_SMP_PROCESSOR_ID;
import static dev.skep.object.program.HelperId.JIFFIES64;
import static dev.skep.object.program.HelperId.KTIME_GET_BOOT_NS;
import static dev.skep.object.program.HelperId.KTIME_GET_COARSE_NS;
import static dev.skep.object.program.HelperId.KTIME_GET_NS;
import static dev.skep.object.program.HelperId.KTIME_GET_TAI_NS;
import static dev.skep.object.program.HelperId.SNPRINTF;
import static dev.skep.object.program.HelperId.SNPRINTF_BTF;
import static dev.skep.object.program.HelperId.STRNCMP;
import static dev.skep.object.program.HelperId.STRTOL;
import static dev.skep.object.program.HelperId.STRTOUL;
import static dev.skep.object.program.HelperId.TRACE_PRINTK;
import static dev.skep.object.program.HelperId.TRACE_VPRINTK;
import static dev.skep.object.program.ProgramType.CGROUP_SOCK;
import static dev.skep.object.program.ProgramType.CGROUP_SYSCTL;
import static dev.skep.object.program.ProgramType.FLOW_DISSECTOR;
import static dev.skep.object.program.ProgramType.LIRC_MODE2;
import static dev.skep.object.program.ProgramType.NETFILTER;
import static dev.skep.object.program.ProgramType.SK_LOOKUP;
import static dev.skep.object.program.ProgramType.SK_MSG;
import static dev.skep.object.program.ProgramType.SK_REUSEPORT;
import static dev.skep.object.program.ProgramType.SK_SKB;
import static dev.skep.object.program.ProgramType.SOCKET_FILTER;
import static dev.skep.object.program.ProgramType.STRUCT_OPS;
import static dev.skep.object.program.ProgramType.XDP;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.MEMORY;
import static dev.skep.verifier.kernel.Arguments.OUTPUT;
import static dev.skep.verifier.kernel.Arguments.SIZE;
import static dev.skep.verifier.kernel.Arguments.SIZE_OR_ZERO;
import static dev.skep.verifier.kernel.Arguments.STRING;
import static dev.skep.verifier.kernel.Callers.BASE;
import static dev.skep.verifier.kernel.Callers.CGROUP;
import static dev.skep.verifier.kernel.Callers.CLASSIFIERS;
import static dev.skep.verifier.kernel.Callers.SOCKET_BASE;
import static dev.skep.verifier.kernel.Callers.TRACERS;
import static dev.skep.verifier.kernel.Callers.TUNNELS;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.FASTCALL;
import static dev.skep.verifier.kernel.HelperTrait.GPL_ONLY;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_BPF;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_PERFMON;
import static dev.skep.verifier.kernel.Signature.helper;

import java.util.List;

/** Time, numbers, text and the machine: kernel/bpf/helpers.c. */
final class GeneralHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(KTIME_GET_NS).by(BASE, of(LIRC_MODE2)),
            helper(KTIME_GET_BOOT_NS).by(BASE, of(LIRC_MODE2)),
            helper(KTIME_GET_COARSE_NS).by(SOCKET_BASE, of(CGROUP_SOCK, SK_REUSEPORT, CGROUP_SYSCTL)),
            helper(KTIME_GET_TAI_NS).by(BASE),
            helper(JIFFIES64).with(NEEDS_CAP_BPF).by(BASE),
            helper(GET_PRANDOM_U32).by(BASE, of(LIRC_MODE2)),
            helper(GET_SMP_PROCESSOR_ID)
                    .by(
                            CGROUP,
                            of(
                                    SOCKET_FILTER,
                                    SK_SKB,
                                    SK_MSG,
                                    SK_REUSEPORT,
                                    FLOW_DISSECTOR,
                                    STRUCT_OPS,
                                    SK_LOOKUP,
                                    NETFILTER)),
            helper(GET_SMP_PROCESSOR_ID).with(FASTCALL).by(TRACERS, TUNNELS, CLASSIFIERS, of(XDP)),
            helper(GET_NUMA_NODE_ID).by(BASE),
            helper(STRTOL)
                    .takes(INPUT, SIZE, ANYTHING, OUTPUT.ofSize(8).aligned())
                    .by(of(CGROUP_SYSCTL), BASE.since("5.19")),
            helper(STRTOUL)
                    .takes(INPUT, SIZE, ANYTHING, OUTPUT.ofSize(8).aligned())
                    .by(of(CGROUP_SYSCTL), BASE.since("5.19")),
            helper(STRNCMP).takes(INPUT, SIZE, STRING).by(BASE),
            helper(SNPRINTF)
                    .takes(MEMORY.orNull(), SIZE_OR_ZERO, STRING, INPUT.orNull(), SIZE_OR_ZERO)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(BASE),
            helper(SNPRINTF_BTF)
                    .takes(MEMORY, SIZE, INPUT, SIZE, ANYTHING)
                    .with(NEEDS_CAP_PERFMON)
                    .by(BASE),
            helper(TRACE_PRINTK)
                    .takes(INPUT, SIZE)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(BASE, of(LIRC_MODE2)),
            helper(TRACE_VPRINTK)
                    .takes(INPUT, SIZE, INPUT.orNull(), SIZE_OR_ZERO)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(BASE));

    private GeneralHelpers() {}
}
