package dev.skep.object.assembly;

/**
 * A piece of a line.
 *
 * @param text as written; "" at the line's end
 * @param column 1-based
 */
record Token(Kind kind, String text, int column) {
    enum Kind {
        NAME,
        NUMBER,
        SYMBOL,
        END
    }

    /** True for the operator, bracket or word {@code expected}. */
    boolean is(String expected) {
        return text.equals(expected);
    }

    /** The column after the token. */
    int endColumn() {
        return column + text.length();
    }

    /** For messages: {@code "'+='"}, or {@code "the end of the line"}. */
    String described() {
        return kind == Kind.END ? "the end of the line" : "'" + text + "'";
    }
}
