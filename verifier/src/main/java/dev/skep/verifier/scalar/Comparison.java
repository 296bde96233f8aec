package dev.skep.verifier.scalar;

/** What a conditional jump asks of its two operands (RFC 9669, section 4.3), and the negation of each question. */
public enum Comparison {
    EQUAL,
    NOT_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    SIGNED_GREATER,
    SIGNED_GREATER_OR_EQUAL,
    SIGNED_LESS,
    SIGNED_LESS_OR_EQUAL,
    /** Some bit is set in both: JSET. */
    TEST,
    /** No bit is set in both: what is known where a JSET was not taken. No instruction asks this. */
    NOT_TEST;

    /** The comparison that holds where this one does not. */
    public Comparison opposite() {
        return switch (this) {
            case EQUAL -> NOT_EQUAL;
            case NOT_EQUAL -> EQUAL;
            case GREATER -> LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> LESS;
            case LESS -> GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> GREATER;
            case SIGNED_GREATER -> SIGNED_LESS_OR_EQUAL;
            case SIGNED_GREATER_OR_EQUAL -> SIGNED_LESS;
            case SIGNED_LESS -> SIGNED_GREATER_OR_EQUAL;
            case SIGNED_LESS_OR_EQUAL -> SIGNED_GREATER;
            case TEST -> NOT_TEST;
            case NOT_TEST -> TEST;
        };
    }

    /** The comparison that says of {@code b} and {@code a} what this says of {@code a} and {@code b}. */
    public Comparison swapped() {
        return switch (this) {
            case EQUAL, NOT_EQUAL, TEST, NOT_TEST -> this;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case SIGNED_GREATER -> SIGNED_LESS;
            case SIGNED_GREATER_OR_EQUAL -> SIGNED_LESS_OR_EQUAL;
            case SIGNED_LESS -> SIGNED_GREATER;
            case SIGNED_LESS_OR_EQUAL -> SIGNED_GREATER_OR_EQUAL;
        };
    }
}
