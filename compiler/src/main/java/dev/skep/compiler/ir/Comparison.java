package dev.skep.compiler.ir;

/** Comparison of two values of the same width, or of pointers. Without "signed" it is unsigned. */
public enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    SIGNED_LESS,
    SIGNED_LESS_OR_EQUAL,
    SIGNED_GREATER,
    SIGNED_GREATER_OR_EQUAL;

    /** True where this one is false. */
    public Comparison opposite() {
        return switch (this) {
            case EQUAL -> NOT_EQUAL;
            case NOT_EQUAL -> EQUAL;
            case LESS -> GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> GREATER;
            case GREATER -> LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> LESS;
            case SIGNED_LESS -> SIGNED_GREATER_OR_EQUAL;
            case SIGNED_LESS_OR_EQUAL -> SIGNED_GREATER;
            case SIGNED_GREATER -> SIGNED_LESS_OR_EQUAL;
            case SIGNED_GREATER_OR_EQUAL -> SIGNED_LESS;
        };
    }

    /** The same comparison with its operands in the other order. */
    public Comparison swapped() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            case SIGNED_LESS -> SIGNED_GREATER;
            case SIGNED_LESS_OR_EQUAL -> SIGNED_GREATER_OR_EQUAL;
            case SIGNED_GREATER -> SIGNED_LESS;
            case SIGNED_GREATER_OR_EQUAL -> SIGNED_LESS_OR_EQUAL;
        };
    }

    /** The result for two numbers; for 32 bits they are given sign-extended. */
    public boolean test(long left, long right) {
        return switch (this) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> Long.compareUnsigned(left, right) < 0;
            case LESS_OR_EQUAL -> Long.compareUnsigned(left, right) <= 0;
            case GREATER -> Long.compareUnsigned(left, right) > 0;
            case GREATER_OR_EQUAL -> Long.compareUnsigned(left, right) >= 0;
            case SIGNED_LESS -> left < right;
            case SIGNED_LESS_OR_EQUAL -> left <= right;
            case SIGNED_GREATER -> left > right;
            case SIGNED_GREATER_OR_EQUAL -> left >= right;
        };
    }
}
