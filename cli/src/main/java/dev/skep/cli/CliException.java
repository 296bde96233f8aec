package dev.skep.cli;

import java.util.List;

/** Something a command cannot do, with the message for the user and the exit code. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final transient List<String> mistakes;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param message one line: what is wrong, where, and what to do about it
     */
    public CliException(int exitCode, String message) {
        this(exitCode, List.of(message));
    }

    /**
     * Several mistakes at once.
     *
     * @param exitCode one of {@link ExitCode}
     * @param mistakes a line each, at least one
     */
    public CliException(int exitCode, List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.exitCode = exitCode;
        this.mistakes = List.copyOf(mistakes);
    }

    /** What is wrong, a line each. */
    public List<String> mistakes() {
        return mistakes;
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
