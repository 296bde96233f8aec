package dev.skep.trace.syntax;

/** Leaves what is being parsed, up to where parsing can go on. What is wrong has been said already. */
final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1;

    SyntaxError() {
        super(null, null, false, false);
    }
}
