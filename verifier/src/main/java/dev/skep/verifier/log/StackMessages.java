package dev.skep.verifier.log;

/** Messages about accesses to the stack: kernel/bpf/verifier.c, check_stack_read, check_stack_write and check_stack_range_initialized. */
final class StackMessages {
    static final String TABLE = """
            uninitialized-stack | invalid read from stack off {offset}+# size {size}
            uninitialized-stack | invalid read from stack R{register} off {offset}+# size {size}
            uninitialized-stack | invalid indirect read from stack off {offset}+# size {size}
            uninitialized-stack | invalid* read from stack R{register} off {offset}+# size {size}
            uninitialized-stack | invalid* read from stack R{register} var_off *+# size {size}
            uninitialized-stack | invalid read from stack * off {offset}+# size {size}
            uninitialized-stack | invalid read from stack * var_off *+# size {size}
            uninitialized-stack | invalid indirect read from stack var_off *
            stack-access | invalid size of register fill
            pointer-leak | attempt to corrupt spilled pointer on stack
            stack-access | invalid size of register spill
            stack-access | R{register} unbounded indirect variable offset stack access
            stack-access | invalid* stack type R{register} off={offset} access_size={size}
            uninitialized-stack | reading from stack *off {offset}+# size {size}, slot poisoned by dead code elimination
            uninitialized-stack | callee expects # args, stack arg* is not initialized
            uninitialized-stack | invalid read from stack arg off {offset} depth #
            stack-access | stack arg write offset # exceeds max # stack args
            stack-access | func#* writes # stack arg slots, but calls only require #
            stack-access | r11 load must be before any r11 store or call insn
            stack-access | allocated_stack too small
            stack-access | corrupted spill memory
            stack-access | invalid stack off={offset} size={size}
            stack-access | invalid write to stack R{register} off={offset} size={size}
            stack-access | invalid read from stack R{register} off={offset} size={size}
            stack-access | invalid* stack R{register} off={offset} size={size}
            stack-access | invalid unbounded variable-offset* stack R{register}
            stack-access | invalid variable-offset* stack R{register} var_off=* off=# size={size}
            stack-access | invalid variable-offset* stack R{register}*
            stack-access | R{register}* variable offset stack access prohibited for !root, var_off=*
            stack-access | R{register} variable stack access prohibited for !root, var_off=*
            stack-access | variable stack access var_off=* off=# size={size}
            stack-access | variable stack read R{register} var_off=*
            stack-access | variable offset stack pointer cannot be passed into helper function; var_off=* off=# size={size}
            stack-access | spilled ptr in range of var-offset stack write; insn #, ptr off: #
            uninitialized-stack | uninit stack in range of var-offset write prohibited for !root; insn #, off: #
            pointer-leak | leaking pointer from stack off {offset}
            stack-access | cannot spill pointers to stack into stack frame of the caller
            stack-access | misaligned stack access off *
            """;

    private StackMessages() {}
}
