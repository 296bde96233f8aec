package dev.skep.trace.tree;

/** Operators before their operand. */
public enum UnaryOperator {
    NOT("!"),
    COMPLEMENT("~"),
    NEGATE("-"),
    DEREFERENCE("*"),
    ADDRESS_OF("&");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }
}
