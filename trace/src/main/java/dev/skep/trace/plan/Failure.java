package dev.skep.trace.plan;

import dev.skep.trace.source.Span;

/**
 * What can go wrong at a place of a script while it runs. Programs count it: 64 bits of how often, then 64 bits of what the helper said
 * the last time.
 */
public sealed interface Failure {
    /** The bytes that a program counts one with. */
    int BYTES = 2 * Long.BYTES;

    /** Where in the script. */
    Span place();

    /** A helper of the kernel failed. @param helper {@code map_update_elem} */
    record OfHelper(String helper, Span place) implements Failure {}

    /** A divisor is 0. */
    record DivisionByZero(Span place) implements Failure {}

    /** The kernel ended a loop that went on for too long. */
    record LoopCut(Span place) implements Failure {}
}
