package dev.skep.verifier.kernel;

import static dev.skep.verifier.kernel.KernelFunction.function;
import static dev.skep.verifier.kernel.KernelFunction.registered;
import static dev.skep.verifier.kernel.KernelFunctionFlag.ACQUIRE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RCU;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RELEASE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RET_NULL;
import static dev.skep.verifier.kernel.KernelFunctionFlag.SLEEPABLE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.TRUSTED_ARGS;

import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Kernel functions of extensible scheduling and of input devices, the common ones: kernel/sched/ext.c, drivers/hid/bpf (6.18). */
final class DriverFunctions {
    /** kernel/sched/ext.c: operations of a scheduler. */
    private static final List<KernelFunction> SCHEDULING = registered(
            FunctionHooks.CPU_MASKS,
            function("scx_bpf_select_cpu_dfl", "6.12", RCU),
            function("scx_bpf_create_dsq", "6.12", SLEEPABLE),
            function("scx_bpf_destroy_dsq", "6.12"),
            function("scx_bpf_dsq_insert", "6.13", RCU),
            function("scx_bpf_dsq_insert_vtime", "6.13", RCU),
            function("scx_bpf_dispatch", "6.12", RCU),
            function("scx_bpf_dispatch_vtime", "6.12", RCU),
            function("scx_bpf_dsq_move_to_local", "6.13"),
            function("scx_bpf_consume", "6.12"),
            function("scx_bpf_dispatch_nr_slots", "6.12"),
            function("scx_bpf_dispatch_cancel", "6.12"),
            function("scx_bpf_dsq_nr_queued", "6.12"),
            function("scx_bpf_kick_cpu", "6.12"),
            function("scx_bpf_reenqueue_local", "6.12"),
            function("scx_bpf_exit_bstr", "6.12", TRUSTED_ARGS),
            function("scx_bpf_error_bstr", "6.12", TRUSTED_ARGS),
            function("scx_bpf_dump_bstr", "6.12", TRUSTED_ARGS),
            function("scx_bpf_cpuperf_cap", "6.12"),
            function("scx_bpf_cpuperf_cur", "6.12"),
            function("scx_bpf_cpuperf_set", "6.12"),
            function("scx_bpf_nr_cpu_ids", "6.12"),
            function("scx_bpf_get_possible_cpumask", "6.12", ACQUIRE),
            function("scx_bpf_get_online_cpumask", "6.12", ACQUIRE),
            function("scx_bpf_put_cpumask", "6.12", RELEASE),
            function("scx_bpf_get_idle_cpumask", "6.12", ACQUIRE),
            function("scx_bpf_get_idle_smtmask", "6.12", ACQUIRE),
            function("scx_bpf_put_idle_cpumask", "6.12", RELEASE),
            function("scx_bpf_test_and_clear_cpu_idle", "6.12"),
            function("scx_bpf_pick_idle_cpu", "6.12", RCU),
            function("scx_bpf_pick_any_cpu", "6.12", RCU),
            function("scx_bpf_task_running", "6.12", RCU),
            function("scx_bpf_task_cpu", "6.12", RCU),
            function("scx_bpf_cpu_rq", "6.12"),
            function("scx_bpf_task_cgroup", "6.12", RCU, ACQUIRE),
            function("scx_bpf_now", "6.14"));

    /** drivers/hid/bpf/hid_bpf_dispatch.c. */
    private static final List<KernelFunction> INPUT = registered(
            Set.of(ProgramType.STRUCT_OPS, ProgramType.SYSCALL, ProgramType.TRACING),
            function("hid_bpf_get_data", "6.3", RET_NULL),
            function("hid_bpf_allocate_context", "6.3", ACQUIRE, RET_NULL, SLEEPABLE),
            function("hid_bpf_release_context", "6.3", RELEASE, SLEEPABLE),
            function("hid_bpf_hw_request", "6.3", SLEEPABLE),
            function("hid_bpf_hw_output_report", "6.10", SLEEPABLE),
            function("hid_bpf_input_report", "6.10", SLEEPABLE),
            function("hid_bpf_try_input_report", "6.11"));

    private DriverFunctions() {}

    static Stream<KernelFunction> all() {
        return Stream.of(SCHEDULING, INPUT).flatMap(List::stream);
    }
}
