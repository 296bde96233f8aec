package dev.skep.cli.trace;

/** Whether somebody wants tracing to end: by Ctrl-C or {@code kill}. A second request ends the process at once. */
final class EndRequest {
    /** 128 plus the number of SIGINT, as a shell has it. */
    private static final int INTERRUPTED = 130;

    private volatile boolean asked;

    /** Takes the signals from here on. */
    void listen() {
        Signals.ifPossible("INT", this::ask);
        Signals.ifPossible("TERM", this::ask);
    }

    private void ask() {
        if (asked) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        asked = true;
    }

    boolean isAsked() {
        return asked;
    }
}
