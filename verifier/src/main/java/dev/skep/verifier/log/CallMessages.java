package dev.skep.verifier.log;

/** Messages about calls of helpers, kernel functions and functions, and about what is returned: kernel/bpf/verifier.c, check_helper_call and check_kfunc_call; kernel/bpf/btf.c, btf_prepare_func_args. */
final class CallMessages {
    static final String TABLE = """
            nullable-pointer | R{register} type=*_or_null expected=*
            nullable-pointer | R{register} type=*or_null_* expected=*
            nullable-pointer | Possibly NULL pointer passed to *arg{argument}
            global-function-argument | arg#{index} is expected to be non-NULL
            helper-argument | R{register} type=* expected=*
            helper-argument | R{register} is of type * but * is expected
            helper-argument | R{register} * expected pointer to *
            helper-argument | R{register} is not a pointer to *
            helper-argument | R{register} has non-overwritten BPF_PTR_POISON type
            helper-argument | R{register} does not point to a readonly map'
            helper-argument | R{register} is not a constant address'
            helper-argument | R{register} is not a known constant'
            helper-argument | R{register} is not a const
            helper-argument | R{register} is not a scalar
            helper-argument | R{register} is invalid
            helper-argument | R{register} must be a known constant
            helper-argument | R{register} must be referenced or trusted
            helper-argument | R{register} type * is not *
            reference | R{register} must be referenced when passed to release function
            reference | R{register} must have zero offset when passed to release func or trusted arg to kfunc
            helper-argument | cannot pass in * at an offset=#
            helper-argument | Helper has invalid btf_id in R{register}
            helper-argument | Helper has invalid btf/btf_id in R{register}
            helper-argument | expected * or socket
            helper-argument | invalid arg_type for sockmap/sockhash
            helper-argument | helper access to the packet is not allowed
            policy | no direct value access support for this map type
            helper-argument | direct value access on string failed
            helper-argument | string is not zero-terminated
            helper-argument | Invalid format string
            helper-argument | invalid map_ptr*
            helper-argument | pointer in R{register} isn't map pointer
            helper-argument | get_local_storage() doesn't support non-zero flags
            helper-argument | R{register} expected *
            helper-argument | Unsupported reg type * for bpf_dynptr_from_mem data
            helper-argument | unexpected value in arg#*
            tail-call | tail_call abusing map_ptr
            license | cannot call GPL-restricted function from non-GPL compatible program
            license | cannot call GPL only function from proprietary program
            license | cannot call kernel function from non-GPL compatible program
            license | struct ops programs must have a GPL compatible license
            policy | unknown func {callee}
            policy | program of this type cannot use helper {callee}
            policy | func {callee} not supported for program type #
            policy | func {callee} supported only for *
            policy | helper call is not allowed in probe
            policy | cannot pass map_type # into func {callee}
            policy | cannot update sockmap in this context
            policy | calling kernel function {callee} is not allowed
            policy | calling kernel functions are not allowed in non-JITed programs
            policy | loading/calling other bpf or kernel functions are allowed for *
            policy | destructive kfunc calls require CAP_SYS_BOOT capability
            policy | css_task_iter is only allowed in *
            policy | BPF_LD_[ABS|IND] instructions not allowed for this program type
            policy | only one cgroup storage of each type is allowed
            policy | BPF_MAP_TYPE_* not supported*
            policy | bpf_struct_ops map cannot be used in prog
            policy | Only one arena per program
            policy | CAP_BPF and CAP_PERFMON are required to use arena
            policy | arena's user address must be set via map_extra or mmap()
            policy | JIT *
            policy | The total number of maps per program has reached the limit of #
            policy | socket filter progs cannot use bpf_spin_lock yet
            policy | tracing progs cannot use bpf_spin_lock yet
            policy | perf_event programs can only use preallocated hash map
            policy | trace type programs can only use preallocated hash map
            policy | trace type programs with run-time allocated hash maps are unsafe*
            policy | offload device mismatch between prog and map
            policy | Target program bound device mismatch*
            policy | get_func_* not supported*
            policy | Can't attach *
            policy | Only FENTRY/FEXIT progs are attachable to another BPF prog
            policy | Extension program*
            policy | FENTRY/FEXIT program can only be attached to another program annotated with BTF
            policy | Cannot *
            policy | Can attach to only JITed progs
            policy | can't modify return codes of BPF programs
            policy | Attaching * is rejected.
            policy | Attach to function * is not supported for this attach type
            policy | *() is not modifiable
            policy | attach_btf_id # *
            policy | attach to invalid member *
            policy | attach to unsupported member *
            policy | The address of function * cannot be found
            policy | LSM programs must *
            policy | Tracing programs must provide btf_id
            policy | Syscall programs can only be sleepable
            policy | Only fentry/fexit/fmod_ret, lsm, iter, uprobe, and struct_ops programs can be sleepable
            policy | * programs can be sleepable
            policy | * is not sleepable
            policy | * programs cannot attach to exception callback
            policy | struct_ops module * is not found
            policy | ret type * not allowed for fmod_ret
            policy | callbacks are not allowed in non-JITed programs
            tail-call | tail_calls are not allowed *
            tail-call | tail_call is *
            tail-call | tail_call would lead to reference leak
            tail-call | tail_call cannot be used inside *
            tail-call | tracking tail call prog failed
            tail-call | cannot tail call within exception cb
            tail-call | LD_ABS is not allowed in subprogs without BTF
            return-value | LD_ABS is only allowed in functions that return 'int'.
            too-new | invalid func {callee}
            too-new | kernel function * is not supported
            too-new | failed to find BTF for kernel function
            too-new | kernel btf_id # is not a function
            kernel-function-argument | kernel function * args#{index} expected pointer to *
            kernel-function-argument | kernel function * args#{index} pointer type * is not supported
            kernel-function-argument | kernel function * returns pointer type * is not supported
            kernel-function-argument | kernel function * unhandled dynamic return type
            kernel-function-argument | address of kernel function * is out of range
            kernel-function-argument | cannot find address for kernel function *
            kernel-function-argument | too many different *
            kernel-function-argument | arg#{index} * memory, len pair leads to invalid memory access
            kernel-function-argument | arg#{index} pointer type * must point to *
            kernel-function-argument | arg#{index} is *expected *
            dynptr | arg#{index} expected pointer to stack or const struct bpf_dynptr
            dynptr | arg#{index} expected pointer to stack or dynptr_ptr
            iterator | arg#{index} expected pointer to an iterator on stack
            iterator | expected *initialized iter_* as arg #{index}
            iterator | expected valid iter pointer as arg #{index}
            iterator | expected an initialized iter*
            critical-section | expected *initialized irq flag as arg#{index}
            critical-section | arg#{index} doesn't point to an irq flag on stack
            dynptr | Expected *dynptr* as arg #{index}
            dynptr | Dynptr has to be an uninitialized dynptr
            dynptr | cannot overwrite referenced dynptr
            dynptr | potential write to dynptr at off=# disallowed
            dynptr | cannot pass pointer to const bpf_dynptr, the helper mutates it
            dynptr | cannot release unowned const bpf_dynptr
            dynptr | arg {argument} is an unacquired reference
            iterator | bug: bad parent state for iter next call
            kernel-function-argument | arg#{index} *
            kernel-function-argument | arg{argument} expected pointer to func
            kernel-function-argument | R{register} must be a known constant*
            kernel-function-argument | R{register} rdonly/rdwr_buf_size exceeds u32 max
            kernel-function-argument | 2 or more rdonly/rdwr_buf_size parameters for kfunc*
            kernel-function-argument | local type ID argument must be in range *
            kernel-function-argument | bpf_*obj_new* type *
            kernel-function-argument | bpf_obj_new/bpf_percpu_obj_new requires prog BTF
            kernel-function-argument | kfunc bpf_rdonly_cast type ID argument must be of a struct
            kernel-function-argument | kfunc * failed callback verification
            kernel-function-argument | kfunc *
            kernel-function-argument | Unrecognized arg#{index} type *
            global-function-argument | Caller passes invalid args into func#*
            global-function-argument | Arg#{index} type * in *() is not supported yet.
            global-function-argument | Global function *
            global-function-argument | Global functions need valid BTF
            global-function-argument | The function * arg{argument} type * is unsupported.
            global-function-argument | The function *
            global-function-argument | Function * has # > # args
            global-function-argument | marking pointer arg{argument} as scalar as it may encode error
            global-function-argument | arg{argument} in *() *
            global-function-argument | arg{argument} *
            global-function-argument | *() is not a global function
            global-function-argument | *() has # args while *() has # args
            global-function-argument | Return type * of *() doesn't match type * of *()
            callback | callback function *
            callback | BUG: in callback at #*
            callback | cannot use BPF_LD_[ABS|IND] within callback
            return-value | At program exit the register R{register} *
            return-value | At subprogram exit the register R{register} is not a scalar value (*)
            callback | At callback return the register R{register} *
            return-value | At async callback the register R{register} *
            return-value | At * the register R{register} *
            return-value | R0 not a scalar value
            return-value | R0 is *
            return-value | cannot return stack pointer to the caller
            return-value | *BPF_LSM_CGROUP that attach to void LSM hooks can't modify return value!
            exception | exception *
            exception | insn # cannot call exception cb directly
            exception | bpf_throw kfunc (insn #) cannot be called from callback subprog #
            exception | multiple exception callback tags for main subprog
            exception | bpf_throw *
            sleeping | helper call might sleep in a non-sleepable prog
            sleeping | program must be sleepable to call sleepable kfunc *
            sleeping | Sleepable programs can only use *
            sleeping | sleepable * in non-preemptible region
            critical-section | sleepable helper * in rcu_read_lock region
            critical-section | sleepable helper * in *
            critical-section | kernel func * is sleepable within *
            critical-section | global functions that may sleep are not allowed in *
            critical-section | helper call might sleep in *
            """;

    private CallMessages() {}
}
