package dev.skep.verifier;

import java.util.List;

/** What the verifier says about one program. */
public sealed interface ProgramVerdict {
    /** The program's name. */
    String program();

    /** What verifying it took, up to the rejection if there was one. */
    Statistics statistics();

    /** True if the program is accepted. */
    default boolean isAccepted() {
        return this instanceof Accepted;
    }

    /** The program is safe: it would load. */
    record Accepted(String program, Statistics statistics, List<Warning> warnings) implements ProgramVerdict {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /** The program would not load, and why. */
    record Rejected(String program, Rejection rejection, Statistics statistics) implements ProgramVerdict {}
}
