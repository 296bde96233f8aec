package dev.skep.cli;

/** What the exit codes of {@code skep} mean. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;

    /** Done, and the answer is no (say, a program was rejected); or Skep itself failed. */
    static final int FAILED = 1;

    /** The command line or the input is wrong. */
    static final int BAD_INPUT = 2;

    /** This machine lacks something: a privilege, a kernel feature, a program. The launcher uses it for a missing JDK. */
    static final int UNAVAILABLE = 3;

    private ExitCode() {}
}
