package dev.skep.verifier.scalar;

/** An operator of two operands, of RFC 9669, section 4.1. */
public enum BinaryOperator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    SIGNED_DIVIDE,
    MODULO,
    SIGNED_MODULO,
    OR,
    AND,
    XOR,
    SHIFT_LEFT,
    SHIFT_RIGHT,
    ARITHMETIC_SHIFT_RIGHT
}
