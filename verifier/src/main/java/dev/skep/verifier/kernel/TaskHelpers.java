package dev.skep.verifier.kernel;

import static dev.skep.object.program.HelperId.COPY_FROM_USER;
import static dev.skep.object.program.HelperId.COPY_FROM_USER_TASK;
import static dev.skep.object.program.HelperId.FIND_VMA;
import static dev.skep.object.program.HelperId.GET_CURRENT_COMM;
import static dev.skep.object.program.HelperId.GET_CURRENT_PID_TGID;
import static dev.skep.object.program.HelperId.GET_CURRENT_TASK;
import static dev.skep.object.program.HelperId.GET_CURRENT_TASK_BTF;
import static dev.skep.object.program.HelperId.GET_CURRENT_UID_GID;
import static dev.skep.object.program.HelperId.GET_NS_CURRENT_PID_TGID;
import static dev.skep.object.program.HelperId.GET_TASK_STACK;
import static dev.skep.object.program.HelperId.PROBE_READ;
import static dev.skep.object.program.HelperId.PROBE_READ_KERNEL;
import static dev.skep.object.program.HelperId.PROBE_READ_KERNEL_STR;
import static dev.skep.object.program.HelperId.PROBE_READ_STR;
import static dev.skep.object.program.HelperId.PROBE_READ_USER;
import static dev.skep.object.program.HelperId.PROBE_READ_USER_STR;
import static dev.skep.object.program.HelperId.PROBE_WRITE_USER;
import static dev.skep.object.program.HelperId.SEND_SIGNAL;
import static dev.skep.object.program.HelperId.SEND_SIGNAL_THREAD;
import static dev.skep.object.program.HelperId.TASK_PT_REGS;
import static dev.skep.object.program.ProgramType.SK_MSG;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.FUNCTION;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.OUTPUT;
import static dev.skep.verifier.kernel.Arguments.SIZE;
import static dev.skep.verifier.kernel.Arguments.SIZE_OR_ZERO;
import static dev.skep.verifier.kernel.Arguments.STACK;
import static dev.skep.verifier.kernel.Arguments.object;
import static dev.skep.verifier.kernel.Callers.BASE;
import static dev.skep.verifier.kernel.Callers.CGROUP_TASK;
import static dev.skep.verifier.kernel.Callers.TRACERS;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.CALLS_BACK;
import static dev.skep.verifier.kernel.HelperTrait.GPL_ONLY;
import static dev.skep.verifier.kernel.HelperTrait.MIGHT_SLEEP;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_PERFMON;
import static dev.skep.verifier.kernel.Results.pointer;
import static dev.skep.verifier.kernel.Signature.helper;
import static dev.skep.verifier.kernel.TypeModifier.TRUSTED;

import java.util.List;

/** The current task and its memory: kernel/bpf/helpers.c, kernel/trace/bpf_trace.c. */
final class TaskHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(GET_CURRENT_PID_TGID).by(TRACERS, CGROUP_TASK, of(SK_MSG), BASE.since("6.10")),
            helper(GET_NS_CURRENT_PID_TGID)
                    .takes(ANYTHING, ANYTHING, OUTPUT, SIZE)
                    .by(TRACERS, BASE.since("6.10")),
            helper(GET_CURRENT_UID_GID).by(TRACERS, CGROUP_TASK, of(SK_MSG), BASE.since("6.16")),
            helper(GET_CURRENT_COMM)
                    .takes(OUTPUT, SIZE)
                    .with(NEEDS_CAP_PERFMON)
                    .by(TRACERS, CGROUP_TASK, BASE.since("6.16")),
            helper(GET_CURRENT_TASK).with(GPL_ONLY, NEEDS_CAP_PERFMON).by(TRACERS, BASE.since("5.8")),
            helper(GET_CURRENT_TASK_BTF)
                    .returns(pointer("task_struct").with(TRUSTED))
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(BASE),
            helper(TASK_PT_REGS)
                    .takes(object("task_struct"))
                    .returns(pointer("pt_regs"))
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(BASE),
            helper(GET_TASK_STACK)
                    .takes(object("task_struct"), OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(MIGHT_SLEEP, NEEDS_CAP_PERFMON)
                    .by(TRACERS.sleepable(), BASE.sleepable().since("6.16")),
            helper(GET_TASK_STACK)
                    .takes(object("task_struct"), OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("6.16")),
            helper(FIND_VMA)
                    .takes(object("task_struct"), ANYTHING, FUNCTION, STACK.orNull(), ANYTHING)
                    .with(CALLS_BACK, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("6.16")),
            helper(SEND_SIGNAL).takes(ANYTHING).with(NEEDS_CAP_PERFMON).by(TRACERS, BASE.since("6.16")),
            helper(SEND_SIGNAL_THREAD).takes(ANYTHING).with(NEEDS_CAP_PERFMON).by(TRACERS, BASE.since("6.16")),
            helper(PROBE_READ)
                    .takes(OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY)
                    .by(TRACERS),
            helper(PROBE_READ_STR)
                    .takes(OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY)
                    .by(TRACERS),
            helper(PROBE_READ_USER)
                    .takes(OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("5.8")),
            helper(PROBE_READ_USER_STR)
                    .takes(OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("5.8")),
            helper(PROBE_READ_KERNEL)
                    .takes(OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("5.8")),
            helper(PROBE_READ_KERNEL_STR)
                    .takes(OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(GPL_ONLY, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("5.8")),
            helper(PROBE_WRITE_USER).takes(ANYTHING, INPUT, SIZE).with(GPL_ONLY).by(TRACERS),
            helper(COPY_FROM_USER)
                    .takes(OUTPUT, SIZE_OR_ZERO, ANYTHING)
                    .with(MIGHT_SLEEP, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("6.16")),
            helper(COPY_FROM_USER_TASK)
                    .takes(OUTPUT, SIZE_OR_ZERO, ANYTHING, object("task_struct"), ANYTHING)
                    .with(GPL_ONLY, MIGHT_SLEEP, NEEDS_CAP_PERFMON)
                    .by(TRACERS, BASE.since("6.16")));

    private TaskHelpers() {}
}
