package dev.skep.verifier.log;

/** Messages about arithmetic on pointers, their comparison, and the special fields of map values: kernel/bpf/verifier.c, adjust_ptr_min_max_vals and after. */
final class PointerMessages {
    static final String TABLE = """
            nullable-pointer | R{register} pointer arithmetic on *_or_null prohibited, null-check it first
            nullable-pointer | R{register} pointer arithmetic on * prohibited, null-check it first
            pointer-arithmetic | R{register} pointer arithmetic *
            pointer-arithmetic | R{register} 32-bit pointer arithmetic prohibited
            pointer-arithmetic | R{register} bitwise operator * on pointer prohibited
            pointer-arithmetic | R{register} pointer * pointer prohibited
            pointer-arithmetic | R{register} subtraction from stack pointer prohibited
            pointer-arithmetic | R{register} tried to subtract pointer from scalar
            pointer-arithmetic | R{register} stack pointer arithmetic goes out of range*
            pointer-arithmetic | addition of negative constant to packet pointer is not allowed
            pointer-arithmetic | math between * pointer and * is not allowed
            pointer-arithmetic | math between * pointer and register with unbounded min value is not allowed
            pointer-arithmetic | value # makes * pointer be out of bounds
            pointer-arithmetic | * pointer offset # is not allowed
            pointer-arithmetic | R{register} has pointer with unsupported alu operation*
            pointer-arithmetic | R{register} has unknown scalar with mixed signed bounds*
            pointer-arithmetic | R{register} tried to * beyond pointer bounds*
            pointer-arithmetic | R{register} tried to * from different maps, paths or scalars*
            pointer-arithmetic | R{register} could not be pushed for speculative verification*
            pointer-arithmetic | R{register} invalid range of pointer*
            pointer-comparison | R{register} pointer comparison prohibited
            context-access | same insn cannot be used with different pointers
            special-field | map '*' has more than *
            special-field | map '*' doesn't have 'struct *'
            special-field | map '*' is not a struct type or * is mangled
            special-field | * access cannot have variable offset
            special-field | * access misaligned expected=# off=#
            special-field | * access size must be BPF_DW
            special-field | * cannot be accessed indirectly by helper
            special-field | store to uptr disallowed
            special-field | kptr access cannot have variable offset
            special-field | kptr access misaligned *
            special-field | kptr access size must be BPF_DW
            special-field | kptr cannot be accessed indirectly by helper
            special-field | kptr in map can only be accessed using *
            special-field | BPF_ST imm must be 0 when storing to *
            special-field | store to referenced kptr disallowed
            special-field | invalid kptr access, R{register} *
            special-field | invalid uptr access, R{register} *
            special-field | store to * is not allowed*
            special-field | * cannot be accessed directly by load/store*
            special-field | * has to be at a constant offset
            special-field | R{register} doesn't have constant offset. * has to be at the constant offset
            special-field | R{register} has no valid kptr
            special-field | off=# doesn't point to kptr
            special-field | off=# kptr isn't referenced kptr
            special-field | off # doesn't point to '*' that is at #
            special-field | off # doesn't point to 'struct *'
            special-field | * has no valid *
            special-field | map '*' has to have BTF in order to use *
            special-field | * not found at offset=#
            special-field | operation on * expects arg#1 *
            special-field | arg#1 offset=#, but expected *
            special-field | held lock and object are not in the same allocation
            special-field | bpf_timer cannot be used for PREEMPT_RT.
            policy | tracing progs cannot use bpf_timer yet
            policy | tracing progs cannot use bpf_wq yet
            policy | tracing progs cannot use bpf_{list_head,rb_root} yet
            special-field | * pointer in * map_uid=# *match map pointer in *
            special-field | verifier BUG type * var_off # off #
            """;

    private PointerMessages() {}
}
