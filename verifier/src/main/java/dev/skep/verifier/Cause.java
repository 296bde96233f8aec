package dev.skep.verifier;

import java.util.Locale;

/**
 * Why a program is rejected: a closed set. Each has a page under {@code docs/verifier/}, named by {@link #id()}.
 *
 * <p>The kernel has some 900 messages and errno values; every one of them belongs to exactly one cause.
 */
public enum Cause {
    /** An instruction that does not exist, or with fields it must not have. */
    INVALID_INSTRUCTION,
    /** A jump or call that leaves its function or lands inside an lddw; a function without an end. */
    CONTROL_FLOW,
    /** Code that nothing reaches. */
    UNREACHABLE_CODE,
    /** A loop that cannot be shown to end. */
    UNBOUNDED_LOOP,
    /** More instructions, states or branches than the verifier is ready to follow. */
    TOO_COMPLEX,
    /** More than 512 bytes of stack over the frames of a call chain, or too many frames. */
    STACK_SIZE,
    /** A register is read that nothing was written to. */
    UNINITIALIZED_REGISTER,
    /** Stack bytes are read that nothing was written to. */
    UNINITIALIZED_STACK,
    /** A stack access outside the frame, at a variable or misaligned offset. */
    STACK_ACCESS,
    /** An access at an address that is no multiple of its size. */
    MISALIGNED_ACCESS,
    /** A number is used as if it were a pointer. */
    SCALAR_AS_POINTER,
    /** A pointer that may be null is used without a check. */
    NULLABLE_POINTER,
    /** Packet bytes are accessed that no comparison with the packet's end has shown to be there. */
    PACKET_BOUNDS,
    /** An access outside a map's value. */
    MAP_VALUE_BOUNDS,
    /** An access outside a piece of memory of known size (a ring buffer record, a helper's buffer, a global function's argument). */
    MEMORY_BOUNDS,
    /** A length given to a helper that may be negative, zero or too large. */
    LENGTH_ARGUMENT,
    /** A helper's argument is of the wrong kind. */
    HELPER_ARGUMENT,
    /** A kernel function's argument is of the wrong kind. */
    KERNEL_FUNCTION_ARGUMENT,
    /** A global function is given, or declares, an argument it cannot have. */
    GLOBAL_FUNCTION_ARGUMENT,
    /** A field of the context that does not exist, has another size, or cannot be written. */
    CONTEXT_ACCESS,
    /** Arithmetic on pointers that is not allowed, or with a number that is not bounded. */
    POINTER_ARITHMETIC,
    /** A comparison of pointers that tells nothing or would leak an address. */
    POINTER_COMPARISON,
    /** A pointer's value becomes visible to who must not see it. */
    POINTER_LEAK,
    /** A write to memory that may only be read. */
    READ_ONLY_MEMORY,
    /** A kernel object is accessed in a way its type does not allow. */
    KERNEL_OBJECT_ACCESS,
    /** A field of a map's value that the kernel owns (lock, timer, kptr, list) is accessed or used wrongly. */
    SPECIAL_FIELD,
    /** Something acquired is not released on some path, or released twice. */
    REFERENCE,
    /** A lock is taken, held or released wrongly. */
    LOCK,
    /** An RCU, preemption or interrupt section is unbalanced, or something is done in it that must not be. */
    CRITICAL_SECTION,
    /** A dynptr is used before it is made, or overwritten. */
    DYNPTR,
    /** An iterator is used before it is made, or not destroyed. */
    ITERATOR,
    /** A callback is given or does what it must not. */
    CALLBACK,
    /** A value is returned that the program's type does not allow. */
    RETURN_VALUE,
    /** A helper, kernel function or map that this type of program may not use. */
    POLICY,
    /** A helper or function for programs under a GPL-compatible licence. */
    LICENSE,
    /** A helper, instruction, map or program type that this kernel does not have yet. */
    TOO_NEW,
    /** A tail call together with what excludes it. */
    TAIL_CALL,
    /** An exception is thrown where it must not be. */
    EXCEPTION,
    /** Something may sleep where sleeping is not allowed, or a map cannot be used by sleepable programs. */
    SLEEPING,
    /** Types, line information or relocations that are wrong or missing. */
    TYPE_INFORMATION;

    /** The name in documentation and JSON: {@code packet-bounds}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
