package dev.skep.cli;

/** What the exit codes of {@code skep} mean. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;

    /** Done, and the answer is no (say, a program was rejected); or Skep itself failed. */
    public static final int FAILED = 1;

    /** The command line or the input is wrong. */
    public static final int BAD_INPUT = 2;

    /** This machine lacks something: a privilege, a kernel feature, a program. The launcher uses it for a missing JDK. */
    public static final int UNAVAILABLE = 3;

    private ExitCode() {}
}
