package dev.skep.verifier.kernel;

import static dev.skep.verifier.kernel.KernelFunction.function;
import static dev.skep.verifier.kernel.KernelFunction.registered;
import static dev.skep.verifier.kernel.KernelFunctionFlag.ACQUIRE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.DESTRUCTIVE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RCU;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RELEASE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RET_NULL;
import static dev.skep.verifier.kernel.KernelFunctionFlag.SLEEPABLE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.TRUSTED_ARGS;

import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Kernel functions that make, hold and give back objects, tasks, control groups, keys and CPU masks (6.18). */
final class ObjectFunctions {
    /** Objects of the program, lists and trees of them: kernel/bpf/helpers.c. */
    private static final List<KernelFunction> OBJECTS = registered(
            FunctionHooks.GENERIC,
            function("bpf_obj_new_impl", "6.2", ACQUIRE, RET_NULL),
            function("bpf_percpu_obj_new_impl", "6.7", ACQUIRE, RET_NULL),
            function("bpf_obj_drop_impl", "6.2", RELEASE),
            function("bpf_percpu_obj_drop_impl", "6.7", RELEASE),
            function("bpf_refcount_acquire_impl", "6.4", ACQUIRE, RET_NULL, RCU),
            function("bpf_list_push_front_impl", "6.4"),
            function("bpf_list_push_back_impl", "6.4"),
            function("bpf_list_pop_front", "6.2", ACQUIRE, RET_NULL),
            function("bpf_list_pop_back", "6.2", ACQUIRE, RET_NULL),
            function("bpf_list_front", "6.16", RET_NULL),
            function("bpf_list_back", "6.16", RET_NULL),
            function("bpf_rbtree_add_impl", "6.4"),
            function("bpf_rbtree_remove", "6.3", ACQUIRE, RET_NULL),
            function("bpf_rbtree_first", "6.3", RET_NULL),
            function("bpf_rbtree_root", "6.16", RET_NULL),
            function("bpf_rbtree_left", "6.16", RET_NULL),
            function("bpf_rbtree_right", "6.16", RET_NULL));

    /** Tasks, control groups and keys: kernel/bpf/helpers.c. */
    private static final List<KernelFunction> TASKS = registered(
            FunctionHooks.GENERIC,
            function("bpf_task_acquire", "6.2", ACQUIRE, RCU, RET_NULL),
            function("bpf_task_release", "6.2", RELEASE),
            function("bpf_task_from_pid", "6.2", ACQUIRE, RET_NULL),
            function("bpf_task_from_vpid", "6.13", ACQUIRE, RET_NULL),
            function("bpf_task_under_cgroup", "6.5", RCU),
            function("bpf_task_get_cgroup1", "6.8", ACQUIRE, RCU, RET_NULL),
            function("bpf_cgroup_acquire", "6.2", ACQUIRE, RCU, RET_NULL),
            function("bpf_cgroup_release", "6.2", RELEASE),
            function("bpf_cgroup_ancestor", "6.2", ACQUIRE, RCU, RET_NULL),
            function("bpf_cgroup_from_id", "6.4", ACQUIRE, RET_NULL),
            function("bpf_throw", "6.7"),
            function("bpf_send_signal_task", "6.13", TRUSTED_ARGS),
            function("crash_kexec", "6.1", DESTRUCTIVE),
            function("bpf_lookup_user_key", "6.1", ACQUIRE, RET_NULL, SLEEPABLE),
            function("bpf_lookup_system_key", "6.1", ACQUIRE, RET_NULL),
            function("bpf_key_put", "6.1", RELEASE),
            function("bpf_verify_pkcs7_signature", "6.1", SLEEPABLE));

    /** kernel/bpf/cpumask.c. */
    private static final List<KernelFunction> CPU_MASKS = registered(
            FunctionHooks.CPU_MASKS,
            function("bpf_cpumask_create", "6.3", ACQUIRE, RET_NULL),
            function("bpf_cpumask_release", "6.3", RELEASE),
            function("bpf_cpumask_acquire", "6.3", ACQUIRE, TRUSTED_ARGS),
            function("bpf_cpumask_first", "6.3", RCU),
            function("bpf_cpumask_first_zero", "6.3", RCU),
            function("bpf_cpumask_set_cpu", "6.3", RCU),
            function("bpf_cpumask_clear_cpu", "6.3", RCU),
            function("bpf_cpumask_test_cpu", "6.3", RCU),
            function("bpf_cpumask_test_and_set_cpu", "6.3", RCU),
            function("bpf_cpumask_test_and_clear_cpu", "6.3", RCU),
            function("bpf_cpumask_setall", "6.3", RCU),
            function("bpf_cpumask_clear", "6.3", RCU),
            function("bpf_cpumask_and", "6.3", RCU),
            function("bpf_cpumask_or", "6.3", RCU),
            function("bpf_cpumask_xor", "6.3", RCU),
            function("bpf_cpumask_equal", "6.3", RCU),
            function("bpf_cpumask_intersects", "6.3", RCU),
            function("bpf_cpumask_subset", "6.3", RCU),
            function("bpf_cpumask_empty", "6.3", RCU),
            function("bpf_cpumask_full", "6.3", RCU),
            function("bpf_cpumask_copy", "6.3", RCU),
            function("bpf_cpumask_first_and", "6.5", RCU),
            function("bpf_cpumask_any_distribute", "6.5", RCU),
            function("bpf_cpumask_any_and_distribute", "6.5", RCU),
            function("bpf_cpumask_weight", "6.8", RCU),
            function("bpf_cpumask_populate", "6.15", RCU));

    /** kernel/bpf/crypto.c. */
    private static final List<KernelFunction> CRYPTOGRAPHY_SETUP = registered(
            Set.of(ProgramType.SYSCALL),
            function("bpf_crypto_ctx_create", "6.10", ACQUIRE, RET_NULL, SLEEPABLE),
            function("bpf_crypto_ctx_release", "6.10", RELEASE),
            function("bpf_crypto_ctx_acquire", "6.10", ACQUIRE, RCU, RET_NULL));

    /** kernel/bpf/crypto.c. */
    private static final List<KernelFunction> CRYPTOGRAPHY = registered(
            Set.of(ProgramType.SCHED_CLS, ProgramType.SCHED_ACT, ProgramType.XDP),
            function("bpf_crypto_decrypt", "6.10", RCU),
            function("bpf_crypto_encrypt", "6.10", RCU));

    /** fs/bpf_fs_kfuncs.c. */
    private static final List<KernelFunction> FILES = registered(
            Set.of(ProgramType.LSM),
            function("bpf_get_task_exe_file", "6.12", ACQUIRE, TRUSTED_ARGS, RET_NULL),
            function("bpf_put_file", "6.12", RELEASE),
            function("bpf_path_d_path", "6.12", TRUSTED_ARGS),
            function("bpf_get_file_xattr", "6.8", SLEEPABLE, TRUSTED_ARGS),
            function("bpf_get_dentry_xattr", "6.12", SLEEPABLE, TRUSTED_ARGS),
            function("bpf_set_dentry_xattr", "6.15", SLEEPABLE, TRUSTED_ARGS),
            function("bpf_remove_dentry_xattr", "6.15", SLEEPABLE, TRUSTED_ARGS));

    /** kernel/cgroup/rstat.c; called cgroup_rstat_updated and cgroup_rstat_flush before 6.16. */
    private static final List<KernelFunction> STATISTICS = registered(
            FunctionHooks.TRACING,
            function("css_rstat_updated", "6.16"),
            function("css_rstat_flush", "6.16", SLEEPABLE),
            function("cgroup_rstat_updated", "6.1"),
            function("cgroup_rstat_flush", "6.1", SLEEPABLE));

    private ObjectFunctions() {}

    static Stream<KernelFunction> all() {
        return Stream.of(OBJECTS, TASKS, CPU_MASKS, CRYPTOGRAPHY_SETUP, CRYPTOGRAPHY, FILES, STATISTICS)
                .flatMap(List::stream);
    }
}
