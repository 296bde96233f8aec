package dev.skep.verifier.kernel;

/** What a program may return in {@code r0}: {@code check_return_code}, kernel/bpf/verifier.c. */
public sealed interface ReturnRule {
    /** Anything initialised that is no pointer. */
    record AnyNumber() implements ReturnRule {}

    /** A number within these bounds, compared as signed 64-bit; the whole range must be known to lie inside. */
    record Between(int minimum, int maximum) implements ReturnRule {}

    /** Not looked at: {@code r0} may hold anything or nothing. */
    record Unchecked() implements ReturnRule {}

    /** A kernel object of the type that the struct_ops member returns, or null, if the member returns a pointer; else as AnyNumber. */
    record ByMember() implements ReturnRule {}
}
