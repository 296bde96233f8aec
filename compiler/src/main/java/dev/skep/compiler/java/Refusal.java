package dev.skep.compiler.java;

/** Thrown where something cannot be compiled; whoever knows the line makes a {@link Finding} of it and goes on. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String what;
    private final String why;
    private final String instead;

    Refusal(String what, String why, String instead) {
        super(what + ": " + why + "; " + instead, null, false, false);
        this.what = what;
        this.why = why;
        this.instead = instead;
    }

    Finding at(String file, int line) {
        return new Finding(file, line, what, why, instead);
    }
}
