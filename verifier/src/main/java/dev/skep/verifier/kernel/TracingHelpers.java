package dev.skep.verifier.kernel;

import static dev.skep.object.program.AttachType.LSM_MAC;
import static dev.skep.object.program.AttachType.MODIFY_RETURN;
import static dev.skep.object.program.AttachType.TRACE_FENTRY;
import static dev.skep.object.program.AttachType.TRACE_FEXIT;
import static dev.skep.object.program.AttachType.TRACE_FSESSION;
import static dev.skep.object.program.AttachType.TRACE_ITER;
import static dev.skep.object.program.AttachType.TRACE_RAW_TP;
import static dev.skep.object.program.HelperId.D_PATH;
import static dev.skep.object.program.HelperId.GET_ATTACH_COOKIE;
import static dev.skep.object.program.HelperId.GET_BRANCH_SNAPSHOT;
import static dev.skep.object.program.HelperId.GET_FUNC_ARG;
import static dev.skep.object.program.HelperId.GET_FUNC_ARG_CNT;
import static dev.skep.object.program.HelperId.GET_FUNC_IP;
import static dev.skep.object.program.HelperId.GET_FUNC_RET;
import static dev.skep.object.program.HelperId.GET_STACK;
import static dev.skep.object.program.HelperId.GET_STACKID;
import static dev.skep.object.program.HelperId.OVERRIDE_RETURN;
import static dev.skep.object.program.HelperId.PERF_EVENT_OUTPUT;
import static dev.skep.object.program.HelperId.PERF_EVENT_READ;
import static dev.skep.object.program.HelperId.PERF_EVENT_READ_VALUE;
import static dev.skep.object.program.HelperId.PERF_PROG_READ_VALUE;
import static dev.skep.object.program.HelperId.READ_BRANCH_RECORDS;
import static dev.skep.object.program.HelperId.SEQ_PRINTF;
import static dev.skep.object.program.HelperId.SEQ_PRINTF_BTF;
import static dev.skep.object.program.HelperId.SEQ_WRITE;
import static dev.skep.object.program.HelperId.SKB_OUTPUT;
import static dev.skep.object.program.HelperId.XDP_OUTPUT;
import static dev.skep.object.program.ProgramType.KPROBE;
import static dev.skep.object.program.ProgramType.LSM;
import static dev.skep.object.program.ProgramType.PERF_EVENT;
import static dev.skep.object.program.ProgramType.RAW_TRACEPOINT;
import static dev.skep.object.program.ProgramType.RAW_TRACEPOINT_WRITABLE;
import static dev.skep.object.program.ProgramType.SK_LOOKUP;
import static dev.skep.object.program.ProgramType.SK_MSG;
import static dev.skep.object.program.ProgramType.SK_SKB;
import static dev.skep.object.program.ProgramType.SOCKET_FILTER;
import static dev.skep.object.program.ProgramType.SYSCALL;
import static dev.skep.object.program.ProgramType.TRACEPOINT;
import static dev.skep.object.program.ProgramType.TRACING;
import static dev.skep.object.program.ProgramType.XDP;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.CTX;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.MAP;
import static dev.skep.verifier.kernel.Arguments.MEMORY;
import static dev.skep.verifier.kernel.Arguments.OUTPUT;
import static dev.skep.verifier.kernel.Arguments.SIZE;
import static dev.skep.verifier.kernel.Arguments.SIZE_OR_ZERO;
import static dev.skep.verifier.kernel.Arguments.object;
import static dev.skep.verifier.kernel.AttachTargets.FUNCTIONS_WITH_PATHS;
import static dev.skep.verifier.kernel.AttachTargets.SLEEPABLE_HOOKS;
import static dev.skep.verifier.kernel.Callers.BASE;
import static dev.skep.verifier.kernel.Callers.BTF_TRACERS;
import static dev.skep.verifier.kernel.Callers.CGROUP;
import static dev.skep.verifier.kernel.Callers.CLASSIFIERS;
import static dev.skep.verifier.kernel.Callers.TRACERS;
import static dev.skep.verifier.kernel.Callers.TUNNELS;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.GPL_ONLY;
import static dev.skep.verifier.kernel.HelperTrait.MIGHT_SLEEP;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_PERFMON;
import static dev.skep.verifier.kernel.Signature.helper;

import java.util.List;

/** Probes, perf events, stacks and iterators: kernel/trace/bpf_trace.c, kernel/bpf/stackmap.c. */
final class TracingHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(GET_STACKID)
                    .takes(CTX, MAP, ANYTHING)
                    .with(GPL_ONLY)
                    .by(BTF_TRACERS, of(KPROBE, TRACEPOINT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE)),
            helper(GET_STACKID).takes(CTX, MAP, ANYTHING).by(of(PERF_EVENT)),
            helper(GET_STACK)
                    .takes(CTX, OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY, MIGHT_SLEEP)
                    .by(of(KPROBE).sleepable()),
            helper(GET_STACK)
                    .takes(CTX, OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY)
                    .by(of(KPROBE, TRACEPOINT, PERF_EVENT)),
            helper(GET_STACK)
                    .takes(CTX, INPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY)
                    .by(BTF_TRACERS, of(RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE)),
            helper(PERF_EVENT_READ)
                    .takes(MAP, ANYTHING)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("6.16")),
            helper(PERF_EVENT_READ_VALUE)
                    .takes(MAP, ANYTHING, OUTPUT, SIZE)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("6.16")),
            helper(PERF_PROG_READ_VALUE).takes(CTX, OUTPUT, SIZE).with(GPL_ONLY).by(of(PERF_EVENT)),
            helper(PERF_EVENT_OUTPUT)
                    .takes(CTX, MAP, ANYTHING, INPUT, SIZE_OR_ZERO)
                    .with(GPL_ONLY)
                    .by(TRACERS, CGROUP, TUNNELS, CLASSIFIERS, of(SOCKET_FILTER, XDP, SK_SKB, SK_MSG, SK_LOOKUP)),
            helper(SKB_OUTPUT)
                    .takes(object("sk_buff"), MAP, ANYTHING, INPUT, SIZE_OR_ZERO)
                    .with(GPL_ONLY)
                    .by(BTF_TRACERS),
            helper(XDP_OUTPUT)
                    .takes(object("xdp_buff"), MAP, ANYTHING, INPUT, SIZE_OR_ZERO)
                    .with(GPL_ONLY)
                    .by(BTF_TRACERS),
            helper(READ_BRANCH_RECORDS)
                    .takes(CTX, MEMORY.orNull(), SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY)
                    .by(of(PERF_EVENT)),
            helper(GET_BRANCH_SNAPSHOT)
                    .takes(OUTPUT, SIZE_OR_ZERO)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("6.16")),
            helper(OVERRIDE_RETURN).takes(CTX, ANYTHING).with(GPL_ONLY).by(of(KPROBE)),
            helper(GET_FUNC_IP).takes(CTX).by(of(KPROBE)),
            helper(GET_FUNC_IP)
                    .takes(CTX)
                    .with(GPL_ONLY)
                    .by(
                            of(TRACING).attachedAs(TRACE_FENTRY, TRACE_FEXIT, TRACE_FSESSION, MODIFY_RETURN),
                            BTF_TRACERS.onlyFor(), // check_get_func_ip, kernel/bpf/verifier.c: known, and refused
                            of(TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE)
                                    .onlyFor()),
            helper(GET_FUNC_ARG)
                    .takes(CTX, ANYTHING, OUTPUT.ofSize(8).aligned())
                    .by(
                            of(TRACING).attachedAs(TRACE_FENTRY, TRACE_FEXIT, TRACE_FSESSION, MODIFY_RETURN),
                            of(LSM).attachedAs(LSM_MAC)),
            helper(GET_FUNC_RET)
                    .takes(CTX, OUTPUT.ofSize(8).aligned())
                    .by(
                            of(TRACING).attachedAs(TRACE_FENTRY, TRACE_FEXIT, TRACE_FSESSION, MODIFY_RETURN),
                            of(LSM).attachedAs(LSM_MAC)),
            helper(GET_FUNC_ARG_CNT)
                    .takes(CTX)
                    .by(
                            of(TRACING).attachedAs(TRACE_FENTRY, TRACE_FEXIT, TRACE_FSESSION, MODIFY_RETURN),
                            of(LSM).attachedAs(LSM_MAC)),
            helper(GET_ATTACH_COOKIE)
                    .takes(CTX)
                    .by(
                            of(KPROBE, TRACEPOINT, PERF_EVENT),
                            of(TRACING)
                                    .attachedAs(TRACE_FENTRY, TRACE_FEXIT, TRACE_FSESSION, MODIFY_RETURN)
                                    .since("5.19"),
                            of(LSM).attachedAs(LSM_MAC).since("5.19"),
                            of(RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE).since("6.10"),
                            of(TRACING).attachedAs(TRACE_RAW_TP).since("6.10")),
            helper(D_PATH)
                    .takes(object("path"), MEMORY, SIZE_OR_ZERO)
                    .by(
                            of(TRACING).attachedAs(TRACE_ITER),
                            of(TRACING)
                                    .attachedAs(TRACE_FENTRY, TRACE_FEXIT, TRACE_FSESSION, MODIFY_RETURN)
                                    .onlyFor(FUNCTIONS_WITH_PATHS),
                            of(LSM).onlyFor(SLEEPABLE_HOOKS),
                            of(SYSCALL).onlyFor()),
            helper(SEQ_PRINTF)
                    .takes(object("seq_file"), INPUT, SIZE, INPUT.orNull(), SIZE_OR_ZERO)
                    .with(GPL_ONLY)
                    .by(of(TRACING).attachedAs(TRACE_ITER)),
            helper(SEQ_WRITE)
                    .takes(object("seq_file"), INPUT, SIZE_OR_ZERO)
                    .with(GPL_ONLY)
                    .by(of(TRACING).attachedAs(TRACE_ITER)),
            helper(SEQ_PRINTF_BTF)
                    .takes(object("seq_file"), INPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY)
                    .by(of(TRACING).attachedAs(TRACE_ITER)));

    private TracingHelpers() {}
}
