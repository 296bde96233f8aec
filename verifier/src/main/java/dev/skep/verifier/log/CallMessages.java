package dev.skep.verifier.log;

/** Messages about what is passed to helpers, kernel functions and functions, and what is returned: kernel/bpf/verifier.c, check_helper_call and check_kfunc_call; kernel/bpf/btf.c, btf_prepare_func_args. */
final class CallMessages {
    static final String TABLE = """
            nullable-pointer | R{register} type=*_or_null expected=*
            nullable-pointer | R{register} type=*or_null_* expected=*
            nullable-pointer | Possibly NULL pointer passed to *arg{argument}
            global-function-argument | arg#{index} is expected to be non-NULL
            nullable-pointer | Possibly NULL pointer passed to * R{register}
            nullable-pointer | Possibly NULL pointer passed to *
            helper-argument | R{register} type=* expected=*
            helper-argument | R{register} is of type * but * is expected
            helper-argument | R{register} * expected pointer to *
            helper-argument | R{register} is not a pointer to *
            helper-argument | R{register} has non-overwritten BPF_PTR_POISON type
            helper-argument | R{register} does not point to a readonly map'
            helper-argument | R{register} is not a constant address'
            length-argument | R{register} is not a known constant'
            helper-argument | R{register} is not a const
            helper-argument | R{register} is not a scalar
            invalid-instruction | R{register} is invalid
            helper-argument | R{register} must be a known constant
            helper-argument | R{register} points to * map which cannot be used as const string
            helper-argument | R{register} is a pointer to in-kernel struct with non-zero offset
            helper-argument | R{register} must point to kernel BTF
            dynptr | R{register} expected pointer to stack or const struct bpf_dynptr
            iterator | R{register} expected pointer to an iterator on stack
            callback | R{register} expected pointer to func
            kernel-function-argument | R{register} expected pointer to ctx, but got *
            kernel-function-argument | R{register} expects pointer to ctx
            kernel-function-argument | R{register} expected for bpf_*obj_drop()
            kernel-function-argument | R{register} expected pointer to *allocated object
            kernel-function-argument | R{register} can only take non-owning or refcounted bpf_rb_node pointer
            kernel-function-argument | R{register} reference type('*') size cannot be determined: #
            kernel-function-argument | R{register} is neither owning or non-owning ref
            critical-section | R{register} doesn't point to an irq flag on stack
            kernel-function-argument | R{register} doesn't point to a *
            kernel-function-argument | R{register} doesn't point to map value or allocated object
            kernel-function-argument | R{register} pointer type * must point to *
            kernel-function-argument | R{register} arena pointer cannot be a stack argument
            kernel-function-argument | R{register} prog->aux cannot be a stack argument
            kernel-function-argument | R{register} must be referenced
            global-function-argument | R{register} is a packet pointer, but func#* may change packet data
            global-function-argument | R{register} is expected to be non-NULL
            global-function-argument | R{register} is not a pointer
            kernel-function-argument | R{register} must be referenced or trusted
            helper-argument | R{register} type * is not *
            reference | R{register} must be referenced when passed to release function
            reference | R{register} must have zero offset when passed to release func
            reference | R{register} must have zero offset when passed to release func or trusted arg to kfunc
            helper-argument | cannot pass in * at an offset=#
            helper-argument | Helper has invalid btf_id in R{register}
            helper-argument | Helper has invalid btf/btf_id in R{register}
            helper-argument | expected * or socket
            helper-argument | invalid arg_type for sockmap/sockhash
            helper-argument | helper access to the packet is not allowed
            helper-argument | direct value access on string failed
            helper-argument | failed to retrieve map value address
            helper-argument | string is not zero-terminated
            helper-argument | Invalid format string
            helper-argument | invalid map_ptr*
            helper-argument | pointer in R{register} isn't map pointer
            helper-argument | get_local_storage() doesn't support non-zero flags
            helper-argument | R{register} expected *
            dynptr | Unsupported reg type * for bpf_dynptr_from_mem data
            helper-argument | unexpected value in arg#*
            kernel-function-argument | kernel function * args#{index} expected pointer to *
            kernel-function-argument | kernel function * args#{index} pointer type * is not supported
            kernel-function-argument | kernel function * returns pointer type * is not supported
            kernel-function-argument | kernel function * unhandled dynamic return type
            kernel-function-argument | address of kernel function * is out of range
            kernel-function-argument | cannot find address for kernel function *
            kernel-function-argument | too many different *
            kernel-function-argument | arg#{index} pointer type * must point to *
            kernel-function-argument | arg#{index} is *expected *
            dynptr | arg#{index} expected pointer to stack or const struct bpf_dynptr
            dynptr | arg#{index} expected pointer to stack or dynptr_ptr
            iterator | arg#{index} expected pointer to an iterator on stack
            iterator | expected *initialized iter_* as R{register}
            iterator | expected valid iter pointer as R{register}
            iterator | expected *initialized iter_* as arg #{index}
            iterator | expected valid iter pointer as arg #{index}
            iterator | expected an initialized iter*
            dynptr | Expected *dynptr* as R{register}
            dynptr | cannot pass in dynptr at an offset
            dynptr | CONST_PTR_TO_DYNPTR cannot be released
            dynptr | unknown dynptr type #
            dynptr | Expected *dynptr* as arg #{index}
            dynptr | Dynptr has to be an uninitialized dynptr
            dynptr | cannot overwrite referenced dynptr
            dynptr | potential write to dynptr at off=# disallowed
            dynptr | cannot pass pointer to const bpf_dynptr, the helper mutates it
            dynptr | cannot release unowned const bpf_dynptr
            reference | arg {argument} is an unacquired reference
            iterator | bug: bad parent state for iter next call
            +kernel-function-argument | arg#{index} *memory, len pair leads to invalid memory access
            kernel-function-argument | kernel function * R{register} expected pointer to * but * has a pointer to *
            kernel-function-argument | kernel function btf_id # does not have a valid func_proto
            kernel-function-argument | invalid kernel function btf_id #
            kernel-function-argument | address of kernel func_id # is out of range
            kernel-function-argument | Unknown type ID # passed to kfunc bpf_rdonly_cast
            kernel-function-argument | Unrecognized * type *
            global-function-argument | reg type unsupported for arg#* *function *
            type-information | arg#{index} struct doesn't have a name
            global-function-argument | arg#{index} type tag *
            global-function-argument | arg#{index} has unsupported set of tags
            global-function-argument | arg#{index} has invalid combination of tags
            global-function-argument | arg#{index} type doesn't have a name
            global-function-argument | arg#{index} should be *
            global-function-argument | arg#{index} * cannot be combined with any other tags
            global-function-argument | arg#{index} has pointer tag, but is not a pointer type
            global-function-argument | arg#{index} has type * '*', but only struct or primitive types are allowed
            global-function-argument | arg#{index} reference type('*') *
            global-function-argument | arg#{index} type isn't a pointer
            kernel-function-argument | arg## *
            kernel-function-argument | arg{argument} expected pointer to func
            kernel-function-argument | R{register} must be a known constant*
            kernel-function-argument | R{register} rdonly/rdwr_buf_size exceeds u32 max
            kernel-function-argument | 2 or more rdonly/rdwr_buf_size parameters for kfunc*
            kernel-function-argument | local type ID argument must be in range *
            kernel-function-argument | bpf_*obj_new* type *
            kernel-function-argument | bpf_obj_new/bpf_percpu_obj_new requires prog BTF
            kernel-function-argument | kfunc bpf_rdonly_cast type ID argument must be of a struct
            reference | kfunc * reference has not been acquired before
            kernel-function-argument | kfunc * failed callback verification
            kernel-function-argument | kfunc *
            kernel-function-argument | Unrecognized arg#{index} type *
            global-function-argument | Caller passes invalid args into func#*
            global-function-argument | Arg#{index} type * in *() is not supported yet.
            global-function-argument | Global function *() *
            global-function-argument | global function * has # > # args, stack args not supported
            global-function-argument | kernel supports at most # parameters, function * has #
            type-information | Global functions need valid BTF
            policy | The function * arg{argument} type * is unsupported.
            policy | The function * has # arguments. Too many.
            policy | The function * return type * is unsupported.
            policy | The function * with variable args is unsupported.
            policy | The function * has malformed void argument.
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
            callback | In async callback the register R{register} *
            callback | At callback return the register R{register} *
            return-value | At async callback the register R{register} *
            return-value | At * the register R{register} *
            return-value | R0 not a scalar value
            return-value | R0 is *
            return-value | cannot return stack pointer to the caller
            return-value | *BPF_LSM_CGROUP that attach to void LSM hooks can't modify return value!
            critical-section | expected *initialized irq flag as *
            critical-section | irq flag acquired by * kfuncs cannot be restored with * kfuncs
            """;

    private CallMessages() {}
}
