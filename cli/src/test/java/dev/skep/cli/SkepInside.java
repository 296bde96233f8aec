package dev.skep.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command line inside this process, from the repository's folder, as {@code ./skep} would. */
public final class SkepInside {
    private SkepInside() {}

    /** How a command ended. */
    public record Result(int exitCode, String out, String err) {
        /** What it printed; fails the test if it did not succeed, or said anything on standard error. */
        public String expectSuccess() {
            if (exitCode != 0 || !err.isEmpty()) {
                throw new AssertionError("exit code " + exitCode + "\n" + err + "\n" + out);
            }
            return out;
        }

        /** The one line of error; fails the test if there is more, or output, or another exit code than that for bad input. */
        public String expectBadInput() {
            if (exitCode != 2 || !out.isEmpty() || err.lines().count() != 1 || !err.startsWith("skep: error: ")) {
                throw new AssertionError("exit code " + exitCode + "\n" + err + "\n" + out);
            }
            return err.strip().substring("skep: error: ".length());
        }
    }

    /** Runs a command with nothing on standard input. */
    public static Result skep(String... args) {
        return skep(new byte[0], args);
    }

    /** Runs a command. */
    public static Result skep(byte[] stdin, String... args) {
        return skep(stdin, new StringWriter(), new StringWriter(), args);
    }

    /** Runs a command whose errors are among what it prints, as a terminal shows them. */
    public static Result onTerminal(byte[] stdin, String... args) {
        StringWriter both = new StringWriter();
        return skep(stdin, both, both, args);
    }

    private static Result skep(byte[] stdin, StringWriter out, StringWriter err, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(stdin));
        try {
            int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
            return new Result(exitCode, out.toString(), err.toString());
        } finally {
            System.setIn(before);
        }
    }
}
