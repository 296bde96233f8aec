package dev.skep.verifier.explain;

import dev.skep.verifier.Cause;

/** What can be said about a cause without looking at the program. */
final class StandardAdvice {
    private StandardAdvice() {}

    /** What is wrong, without a full stop. */
    static String message(Cause cause) {
        return switch (cause) {
            case INVALID_INSTRUCTION -> "the instruction does not exist or has fields it must not have";
            case CONTROL_FLOW ->
                "a jump or call leads outside of its function, or the function does not end in exit or a jump";
            case UNREACHABLE_CODE -> "no path leads to this code";
            case UNBOUNDED_LOOP -> "the loop cannot be shown to end";
            case TOO_COMPLEX -> "there are more paths than the verifier follows";
            case STACK_SIZE ->
                "the functions of a call chain need more than 512 bytes of stack together, or there are too many of them";
            case UNINITIALIZED_REGISTER -> "a register is read that nothing was written to";
            case UNINITIALIZED_STACK -> "stack bytes are read that nothing was written to";
            case STACK_ACCESS -> "the stack is accessed outside of the frame, or at an offset that is not known";
            case MISALIGNED_ACCESS -> "the address is no multiple of the access's size";
            case SCALAR_AS_POINTER -> "a number is used as a pointer";
            case NULLABLE_POINTER -> "a pointer that may be null is used";
            case PACKET_BOUNDS -> "packet bytes are accessed that may not be there";
            case MAP_VALUE_BOUNDS -> "the access is outside of the map's value";
            case MEMORY_BOUNDS -> "the access is outside of the memory";
            case LENGTH_ARGUMENT -> "the length may be negative, zero or too large";
            case HELPER_ARGUMENT -> "the helper takes another kind of argument";
            case KERNEL_FUNCTION_ARGUMENT -> "the kernel function takes another kind of argument";
            case GLOBAL_FUNCTION_ARGUMENT -> "the global function's argument cannot be given or declared like this";
            case CONTEXT_ACCESS -> "the context has no such field for this program";
            case POINTER_ARITHMETIC -> "this arithmetic on a pointer is not allowed";
            case POINTER_COMPARISON -> "these pointers must not be compared";
            case POINTER_LEAK -> "an address would become visible";
            case READ_ONLY_MEMORY -> "this memory must not be written";
            case KERNEL_OBJECT_ACCESS -> "the kernel object cannot be accessed like this";
            case SPECIAL_FIELD -> "a field that belongs to the kernel (a lock, a timer, a kptr) is used wrongly";
            case REFERENCE -> "what is acquired is not given back, or given back twice";
            case LOCK -> "a lock is taken, held or released wrongly";
            case CRITICAL_SECTION -> "an RCU, preemption or interrupt section is not closed, or does what it must not";
            case DYNPTR -> "the dynptr is used before it is made, or overwritten";
            case ITERATOR -> "the iterator is used before it is made, or not destroyed";
            case CALLBACK -> "the callback is not one that may be given, or does what it must not";
            case RETURN_VALUE -> "the value returned is not one that this type of program may return";
            case POLICY -> "this type of program may not use that";
            case LICENSE -> "only programs under a GPL-compatible licence may use that";
            case TOO_NEW -> "this kernel does not have that";
            case TAIL_CALL -> "a tail call is used together with what excludes it";
            case EXCEPTION -> "an exception is thrown where it must not be";
            case SLEEPING -> "something may sleep where sleeping is not allowed";
            case TYPE_INFORMATION -> "the types or lines recorded in the object are wrong or missing";
        };
    }

    /** What usually helps. */
    static String suggestion(Cause cause) {
        return switch (cause) {
            case INVALID_INSTRUCTION ->
                "compile for the instruction set of this kernel (clang -mcpu=v3 or lower), and check hand-written instructions";
            case CONTROL_FLOW -> "end every function in exit, and keep jumps inside of it";
            case UNREACHABLE_CODE -> "remove the code, or the condition that is never true";
            case UNBOUNDED_LOOP ->
                "give the loop a constant upper bound that the counter moves towards each time (`for (i = 0; i < 64; i++)`), or use bpf_loop(), bpf_for() or may_goto";
            case TOO_COMPLEX ->
                "make loops shorter, move repeated code into a global function (verified once) or a bpf_loop() callback, or reduce branches that stay apart";
            case STACK_SIZE ->
                "move large variables into a per-CPU array map, make them smaller, or inline fewer functions";
            case MISALIGNED_ACCESS ->
                "access at a multiple of the size, byte by byte, or copy with __builtin_memcpy(); declare packed structures as packed";
            case GLOBAL_FUNCTION_ARGUMENT ->
                "give the global function numbers, the context, or pointers to structures of known size (checked for null inside), or make it static";
            case POINTER_COMPARISON -> "compare pointers only with null, and packet pointers with data_end";
            case POINTER_LEAK ->
                "store or return numbers, not addresses; clear memory that held a pointer before it is given away";
            case READ_ONLY_MEMORY ->
                "copy it to the stack or a map's value and write there; .rodata, frozen maps and some packets are read-only";
            case KERNEL_OBJECT_ACCESS ->
                "read fields by their BTF type within the structure, do not write them, and use BPF_CORE_READ or bpf_probe_read_kernel() for untrusted pointers";
            case SPECIAL_FIELD -> "use the helpers made for it, at its own offset, in a map that has BTF";
            case LOCK ->
                "take one lock, call nothing that is not allowed under it, and release it on every path before the function ends";
            case CRITICAL_SECTION -> "close the section on every path, and call nothing that may sleep in it";
            case DYNPTR ->
                "make the dynptr with its constructor, check that for failure, and do not touch its 16 bytes of stack in any other way";
            case ITERATOR -> "call new, then next until it gives null, then destroy, on every path";
            case CALLBACK -> "give a static function with the type that the helper names, and return 0 or 1 from it";
            case POLICY -> "use what this program type offers, or another program type; `skep features` lists both";
            case LICENSE -> "declare `char LICENSE[] SEC(\"license\") = \"GPL\";`, if the program may be under it";
            case TOO_NEW ->
                "guard its use with bpf_core_enum_value_exists() or bpf_ksym_exists(), or run a newer kernel";
            case TAIL_CALL -> "do the tail call from the main function with nothing held, in functions that return int";
            case EXCEPTION ->
                "call bpf_throw() only with nothing held, and declare the exception callback as a global function with one number as argument";
            case SLEEPING ->
                "declare the program sleepable (section name ending in .s) where its type allows that, or use what does not sleep";
            case TYPE_INFORMATION -> "compile with clang -g, and do not strip .BTF and .BTF.ext";
            case PACKET_BOUNDS ->
                "compare with the packet's end before the access, for every header and again after helpers that may move the packet: "
                        + "`if ((void *)(p + 1) > data_end) return ...;`";
            case MAP_VALUE_BOUNDS, MEMORY_BOUNDS ->
                "bound the index on this path, right before the access and from both sides: unsigned, and compared with a constant "
                        + "(`if (i >= 64) return 0;`) or masked (`i &= 63`); access within the size";
            default -> "see the page of this cause";
        };
    }
}
