package dev.skep.verifier.kernel;

/** What a program may return in {@code r0}: {@code check_return_code}, kernel/bpf/verifier.c. */
public sealed interface ReturnRule {
    /** Anything initialised that is no pointer. */
    record AnyNumber() implements ReturnRule {}

    /**
     * A number within these bounds: all that it may be must lie inside.
     *
     * @param minimum compared as signed
     * @param maximum compared as signed, included
     * @param low32 only the lower 32 bits are compared; otherwise all 64
     */
    record Between(int minimum, int maximum, boolean low32) implements ReturnRule {}

    /** Not looked at: {@code r0} may hold anything or nothing. */
    record Unchecked() implements ReturnRule {}

    /** As AnyNumber; or, if the member of the struct_ops returns a pointer, null or a referenced object of that type. */
    record ByMember() implements ReturnRule {}
}
