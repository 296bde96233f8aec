package dev.skep.cli.trace;

/** What keeps a script from being run, in words for the user; nothing is wrong with the script itself. */
final class TraceFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    TraceFailure(String message) {
        super(message);
    }
}
