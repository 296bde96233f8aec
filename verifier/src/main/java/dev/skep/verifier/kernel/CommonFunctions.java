package dev.skep.verifier.kernel;

import static dev.skep.verifier.kernel.KernelFunction.function;
import static dev.skep.verifier.kernel.KernelFunction.registered;
import static dev.skep.verifier.kernel.KernelFunctionFlag.ARENA_ARG2;
import static dev.skep.verifier.kernel.KernelFunctionFlag.ARENA_RET;
import static dev.skep.verifier.kernel.KernelFunctionFlag.FASTCALL;
import static dev.skep.verifier.kernel.KernelFunctionFlag.ITER_DESTROY;
import static dev.skep.verifier.kernel.KernelFunctionFlag.ITER_NEW;
import static dev.skep.verifier.kernel.KernelFunctionFlag.ITER_NEXT;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RCU;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RCU_PROTECTED;
import static dev.skep.verifier.kernel.KernelFunctionFlag.RET_NULL;
import static dev.skep.verifier.kernel.KernelFunctionFlag.SLEEPABLE;
import static dev.skep.verifier.kernel.KernelFunctionFlag.TRUSTED_ARGS;

import java.util.List;
import java.util.stream.Stream;

/** Kernel functions for programs of every type: kernel/bpf/helpers.c, rqspinlock.c, arena.c, map_iter.c, ... (6.18). */
final class CommonFunctions {
    /** Casts, and sections in which something is locked or switched off. */
    private static final List<KernelFunction> SECTIONS = registered(
            FunctionHooks.EVERY,
            function("bpf_cast_to_kern_ctx", "6.2", FASTCALL),
            function("bpf_rdonly_cast", "6.2", FASTCALL),
            function("bpf_rcu_read_lock", "6.2"),
            function("bpf_rcu_read_unlock", "6.2"),
            function("bpf_preempt_disable", "6.10"),
            function("bpf_preempt_enable", "6.10"),
            function("bpf_local_irq_save", "6.14"),
            function("bpf_local_irq_restore", "6.14"),
            function("bpf_res_spin_lock", "6.15", RET_NULL),
            function("bpf_res_spin_unlock", "6.15"),
            function("bpf_res_spin_lock_irqsave", "6.15", RET_NULL),
            function("bpf_res_spin_unlock_irqrestore", "6.15"),
            function("__bpf_trap", "6.16"));

    /** Dynptrs. */
    private static final List<KernelFunction> DYNPTRS = registered(
            FunctionHooks.EVERY,
            function("bpf_dynptr_slice", "6.4", RET_NULL),
            function("bpf_dynptr_slice_rdwr", "6.4", RET_NULL),
            function("bpf_dynptr_adjust", "6.5"),
            function("bpf_dynptr_is_null", "6.5"),
            function("bpf_dynptr_is_rdonly", "6.5"),
            function("bpf_dynptr_size", "6.5"),
            function("bpf_dynptr_clone", "6.5"),
            function("bpf_dynptr_copy", "6.16"),
            function("bpf_dynptr_memset", "6.17"),
            function("bpf_probe_read_user_dynptr", "6.16"),
            function("bpf_probe_read_kernel_dynptr", "6.16"),
            function("bpf_probe_read_user_str_dynptr", "6.16"),
            function("bpf_probe_read_kernel_str_dynptr", "6.16"),
            function("bpf_copy_from_user_dynptr", "6.16", SLEEPABLE),
            function("bpf_copy_from_user_str_dynptr", "6.16", SLEEPABLE),
            function("bpf_copy_from_user_task_dynptr", "6.16", SLEEPABLE, TRUSTED_ARGS),
            function("bpf_copy_from_user_task_str_dynptr", "6.16", SLEEPABLE, TRUSTED_ARGS));

    /** Open-coded iterators. */
    private static final List<KernelFunction> ITERATORS = registered(
            FunctionHooks.EVERY,
            function("bpf_iter_num_new", "6.4", ITER_NEW),
            function("bpf_iter_num_next", "6.4", ITER_NEXT, RET_NULL),
            function("bpf_iter_num_destroy", "6.4", ITER_DESTROY),
            function("bpf_iter_bits_new", "6.11", ITER_NEW),
            function("bpf_iter_bits_next", "6.11", ITER_NEXT, RET_NULL),
            function("bpf_iter_bits_destroy", "6.11", ITER_DESTROY),
            function("bpf_iter_task_new", "6.7", ITER_NEW, TRUSTED_ARGS, RCU_PROTECTED),
            function("bpf_iter_task_next", "6.7", ITER_NEXT, RET_NULL),
            function("bpf_iter_task_destroy", "6.7", ITER_DESTROY),
            function("bpf_iter_task_vma_new", "6.7", ITER_NEW, RCU),
            function("bpf_iter_task_vma_next", "6.7", ITER_NEXT, RET_NULL),
            function("bpf_iter_task_vma_destroy", "6.7", ITER_DESTROY),
            function("bpf_iter_css_task_new", "6.7", ITER_NEW, TRUSTED_ARGS),
            function("bpf_iter_css_task_next", "6.7", ITER_NEXT, RET_NULL),
            function("bpf_iter_css_task_destroy", "6.7", ITER_DESTROY),
            function("bpf_iter_css_new", "6.7", ITER_NEW, TRUSTED_ARGS, RCU_PROTECTED),
            function("bpf_iter_css_next", "6.7", ITER_NEXT, RET_NULL),
            function("bpf_iter_css_destroy", "6.7", ITER_DESTROY),
            function("bpf_iter_kmem_cache_new", "6.13", ITER_NEW, SLEEPABLE),
            function("bpf_iter_kmem_cache_next", "6.13", ITER_NEXT, RET_NULL, SLEEPABLE),
            function("bpf_iter_kmem_cache_destroy", "6.13", ITER_DESTROY, SLEEPABLE),
            function("bpf_iter_dmabuf_new", "6.16", ITER_NEW, SLEEPABLE),
            function("bpf_iter_dmabuf_next", "6.16", ITER_NEXT, RET_NULL, SLEEPABLE),
            function("bpf_iter_dmabuf_destroy", "6.16", ITER_DESTROY, SLEEPABLE));

    /** Work done later, memory and text. */
    private static final List<KernelFunction> MEMORY_AND_TEXT = registered(
            FunctionHooks.EVERY,
            function("bpf_wq_init", "6.10"),
            function("bpf_wq_set_callback_impl", "6.10"),
            function("bpf_wq_start", "6.10"),
            function("bpf_task_work_schedule_signal_impl", "6.18", TRUSTED_ARGS),
            function("bpf_task_work_schedule_resume_impl", "6.18", TRUSTED_ARGS),
            function("bpf_copy_from_user_str", "6.12", SLEEPABLE),
            function("bpf_copy_from_user_task_str", "6.15", SLEEPABLE),
            function("bpf_get_kmem_cache", "6.13"),
            function("bpf_map_sum_elem_count", "6.6", TRUSTED_ARGS),
            function("bpf_arena_alloc_pages", "6.9", TRUSTED_ARGS, SLEEPABLE, ARENA_RET, ARENA_ARG2),
            function("bpf_arena_free_pages", "6.9", TRUSTED_ARGS, SLEEPABLE, ARENA_ARG2),
            function("bpf_arena_reserve_pages", "6.17", TRUSTED_ARGS, SLEEPABLE, ARENA_ARG2),
            function("bpf_cgroup_read_xattr", "6.17", RCU),
            function("bpf_stream_vprintk_impl", "6.18", TRUSTED_ARGS),
            function("bpf_strcmp", "6.17"),
            function("bpf_strchr", "6.17"),
            function("bpf_strchrnul", "6.17"),
            function("bpf_strnchr", "6.17"),
            function("bpf_strrchr", "6.17"),
            function("bpf_strlen", "6.17"),
            function("bpf_strnlen", "6.17"),
            function("bpf_strspn", "6.17"),
            function("bpf_strcspn", "6.17"),
            function("bpf_strstr", "6.17"),
            function("bpf_strnstr", "6.17"),
            function("bpf_strcasecmp", "6.18"),
            function("bpf_modify_return_test_tp", "6.9"));

    private CommonFunctions() {}

    static Stream<KernelFunction> all() {
        return Stream.of(SECTIONS, DYNPTRS, ITERATORS, MEMORY_AND_TEXT).flatMap(List::stream);
    }
}
