package dev.skep.trace.tree;

/** Operators between two operands, with the precedence of C. */
public enum BinaryOperator {
    OR("||", 1),
    AND("&&", 2),
    BIT_OR("|", 3),
    BIT_XOR("^", 4),
    BIT_AND("&", 5),
    EQUAL("==", 6),
    NOT_EQUAL("!=", 6),
    LESS("<", 7),
    LESS_OR_EQUAL("<=", 7),
    GREATER(">", 7),
    GREATER_OR_EQUAL(">=", 7),
    SHIFT_LEFT("<<", 8),
    SHIFT_RIGHT(">>", 8),
    ADD("+", 9),
    SUBTRACT("-", 9),
    MULTIPLY("*", 10),
    DIVIDE("/", 10),
    REMAINDER("%", 10);

    private final String symbol;
    private final int precedence;

    BinaryOperator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }

    /** The higher, the tighter it binds; all of them associate to the left. */
    public int precedence() {
        return precedence;
    }

    /** True for the six that compare. */
    public boolean isComparison() {
        return precedence == EQUAL.precedence || precedence == LESS.precedence;
    }

    /** True for those that make a boolean of whatever they stand between. */
    public boolean makesTruth() {
        return isComparison() || this == AND || this == OR;
    }

    /** True for those that cannot have 0 to their right. */
    public boolean divides() {
        return this == DIVIDE || this == REMAINDER;
    }
}
