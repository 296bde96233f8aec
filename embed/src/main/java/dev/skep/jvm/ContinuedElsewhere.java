package dev.skep.jvm;

/** Ends a program that a tail call has left for good. */
final class ContinuedElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long result;

    ContinuedElsewhere(long result) {
        super("a tail call", null, false, false);
        this.result = result;
    }

    /** What the program that was called returned. */
    long result() {
        return result;
    }
}
