package dev.skep.verifier.log;

/** Messages about accesses to memory other than the stack: kernel/bpf/verifier.c, check_mem_access and what it calls; kernel/bpf/btf.c, btf_struct_walk. */
final class MemoryMessages {
    static final String TABLE = """
            packet-bounds | invalid access to packet, off=# size={size}, R{register}(*)
            +packet-bounds | R{register} offset is outside of the packet
            misaligned-access | misaligned packet access off *
            packet-bounds | invalid access to packet
            map-value-bounds | invalid access to map value, value_size=# off=# size={size}
            map-value-bounds | invalid access to map value
            map-value-bounds | invalid access to map value pointer, value_size=# off=#
            map-value-bounds | direct value offset of # is not allowed
            map-value-bounds | invalid access to map key, key_size=# off=# size={size}
            memory-bounds | invalid access to memory, mem_size=# off=# size={size}
            memory-bounds | R{register} invalid * buffer access: off=#, size={size}
            memory-bounds | R{register} invalid variable buffer offset: off=#, var_off=*
            memory-bounds | R{register} invalid negative * buffer offset: off=#, var_off=*
            memory-bounds | R{register} invalid variable offset to flow keys: off=#, var_off=*
            memory-bounds | invalid access to flow keys off=# size={size}
            kernel-object-access | R{register} is ptr_* invalid negative access: off=#
            kernel-object-access | R{register} is ptr_* invalid variable offset: off=#, var_off=*
            memory-bounds | R{register} is * invalid negative access: off=#
            memory-bounds | R{register} is * invalid variable offset: off=#, var_off=*
            length-argument | R{register} min value is negative, either use unsigned or 'var &= const'
            length-argument | R{register} unbounded memory access, use 'var &= const' or 'if (var < const)'
            length-argument | R{register} invalid zero-sized read*
            length-argument | invalid zero-sized read*
            length-argument | R{register} unbounded size, use 'var &= const' or 'if (var < const)'
            length-argument | * allocation size exceeds u32 max
            length-argument | R{register} memory size # is too large
            map-value-bounds | R{register} min value is negative, either use unsigned index or do a if (index >=0) check.
            map-value-bounds | R{register} min value is negative (#), either use unsigned index or do a if (index >=0) check.
            map-value-bounds | R{register} unbounded memory access, make sure to bounds check any such access
            map-value-bounds | R{register} unbounded memory access, make sure to bounds check any array access into a map
            +map-value-bounds | R{register} max value is outside of the allowed memory range
            +map-value-bounds | R{register} min value is outside of the allowed memory range
            +map-value-bounds | R{register} max value is outside of the array range
            +map-value-bounds | R{register} min value is outside of the array range
            +map-value-bounds | R{register} min value is outside of the map value range
            memory-bounds | * out-of-bounds: access *
            misaligned-access | misaligned *access off * size {size}
            misaligned-access | BPF_ATOMIC * misaligned*
            scalar-as-pointer | same insn cannot be used with and without arena pointer
            nullable-pointer | R{register} invalid mem access '*_or_null*'
            nullable-pointer | R{register} invalid mem access '*or_null_*'
            nullable-pointer | R{register} invalid mem access *or_null_*
            scalar-as-pointer | R{register} invalid mem access 'imm'
            scalar-as-pointer | R{register} invalid mem access 'scalar'
            scalar-as-pointer | R{register} invalid mem access 'inv'
            scalar-as-pointer | R{register} invalid mem access '(null)'
            kernel-object-access | R{register} invalid mem access '*ptr_*'
            kernel-object-access | R{register} invalid mem access 'percpu_*'
            kernel-object-access | R{register} invalid mem access '*sock*'
            dynptr | R{register} invalid mem access '*dynptr*'
            scalar-as-pointer | R{register} invalid mem access '*'
            kernel-object-access | R{register} cannot write into *sock*
            kernel-object-access | R{register} cannot write into *ptr_*
            read-only-memory | R{register} cannot write into *
            read-only-memory | write into map forbidden*
            read-only-memory | read from map forbidden*
            read-only-memory | write to change key R{register} not allowed
            read-only-memory | cannot write into packet
            read-only-memory | cannot write into *
            read-only-memory | the prog does not allow writes to packet data
            read-only-memory | *() may write into memory pointed by R{register} type=*
            kernel-object-access | only read is supported
            kernel-object-access | only read from * is supported
            read-only-memory | R{register} is not writable*
            pointer-leak | R{register} leaks addr *
            pointer-leak | R{register} partial copy of pointer
            pointer-leak | R{register} sign-extension part of pointer
            pointer-leak | R{register} leaks addr as return value
            reference | invalid bpf_context access off={offset}. Reference may already be released
            context-access | invalid access to context, ctx_size=# off={offset} size={size}
            context-access | invalid bpf_context access off={offset} size={size}
            context-access | dereference of modified ctx ptr R{register} off={offset} disallowed
            context-access | dereference of modified ctx ptr R{register}*
            context-access | negative offset ctx ptr R{register} off={offset} disallowed
            context-access | variable ctx access var_off=* disallowed
            context-access | bpf_context access misaligned*
            context-access | func '*' doesn't have {argument}-th argument
            context-access | func '*' offset # is not multiple of 8
            context-access | func '*' size # must be 8
            context-access | func '*' arg* '*' has type *. Only pointer access is allowed
            context-access | func '*' arg* type * is not a struct
            type-information | func '*' arg* type * has multiple type tags
            context-access | invalid btf_id for context argument offset #
            context-access | BPF_ATOMIC * into R{register} ctx is not allowed
            context-access | BPF_ST stores into R{register} ctx is not allowed
            context-access | BPF_XADD stores into R{register} ctx is not allowed
            context-access | BPF_ST stores into R{register} * is not allowed
            policy | BPF_XADD stores into R{register} * is not allowed
            kernel-object-access | dereference of modified * ptr R{register} off={offset} disallowed
            kernel-object-access | negative offset * ptr R{register} off={offset} disallowed
            kernel-object-access | variable * access var_off=* disallowed
            kernel-object-access | access beyond *
            kernel-object-access | cannot access ptr member * with moff # in struct *
            kernel-object-access | struct * doesn't have field at offset #
            kernel-object-access | R{register} is ptr_* access percpu memory: off=#
            kernel-object-access | R{register} is ptr_* access user memory: off=#
            kernel-object-access | R{register} is ptr_*
            kernel-object-access | R{register} invalid * access off=# size={size}
            policy | * access is allowed only to CAP_PERFMON and CAP_SYS_ADMIN
            policy | '*' access is allowed only to CAP_PERFMON and CAP_SYS_ADMIN
            license | Cannot access kernel '*' from non-GPL compatible program
            special-field | direct access to * is disallowed
            kernel-object-access | field * doesn't have size
            kernel-object-access | max struct nesting depth exceeded
            kernel-object-access | no write support to * at off #
            kernel-object-access | write access at off #*
            kernel-object-access | write access for * at off #*
            kernel-object-access | attempted to access beyond the end*
            kernel-object-access | R{register} must be a rcu pointer
            kernel-object-access | invalid map_ptr to access map->*
            kernel-object-access | map_ptr access not supported *
            kernel-object-access | R{register} is not a pointer to arena or scalar
            kernel-object-access | R{register} arena pointer requires a program with an associated arena
            kernel-object-access | Writes through BTF pointers are not allowed
            kernel-object-access | R{register} is not a pointer to arena or scalar.
            invalid-instruction | sign extending loads from arena are not supported yet
            policy | BPF_ATOMIC stores into R{register} * is not allowed
            policy | BPF_ATOMIC loads from R{register} * is not allowed
            invalid-instruction | invalid atomic operand size
            unreachable-code | unexpected __bpf_trap() due to uninitialized variable?
            uninitialized-register | R{register} !read_ok
            invalid-instruction | frame pointer is read only
            """;

    private MemoryMessages() {}
}
