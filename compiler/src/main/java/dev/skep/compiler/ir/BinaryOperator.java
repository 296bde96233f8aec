package dev.skep.compiler.ir;

/** Arithmetic of two operands, with BPF's results (RFC 9669, 4.1), which are the same for both widths. */
public enum BinaryOperator {
    ADD(true),
    SUBTRACT(false),
    MULTIPLY(true),
    /** Unsigned; by zero it is 0. */
    DIVIDE(false),
    /** By zero it is 0; the smallest number by -1 is itself. */
    SIGNED_DIVIDE(false),
    /** Unsigned; by zero it is the dividend. */
    REMAINDER(false),
    /** With the dividend's sign; by zero it is the dividend; the smallest number by -1 is 0. */
    SIGNED_REMAINDER(false),
    AND(true),
    OR(true),
    XOR(true),
    /** By the distance's lowest 5 or 6 bits, as all shifts. The distance is of the operand's type. */
    SHIFT_LEFT(false),
    SHIFT_RIGHT(false),
    ARITHMETIC_SHIFT_RIGHT(false);

    private final boolean commutative;

    BinaryOperator(boolean commutative) {
        this.commutative = commutative;
    }

    /** True if the operands may change places. */
    public boolean isCommutative() {
        return commutative;
    }
}
