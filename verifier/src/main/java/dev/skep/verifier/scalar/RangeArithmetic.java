package dev.skep.verifier.scalar;

/**
 * What an arithmetic instruction makes of what is known of its operands (the kernel's
 * {@code adjust_scalar_min_max_vals}, Linux 6.18).
 */
public final class RangeArithmetic {
    private static final long LOWER_32 = 0xffff_ffffL;

    private RangeArithmetic() {}

    /**
     * What is known of {@code left operator right}.
     *
     * <p>As in the kernel, nothing is known of a quotient or a remainder, nor of a shift by an amount that is not a
     * constant within the width (such an instruction exists: the amount is then taken modulo the width).
     *
     * @param wide whether all 64 bits take part; else the low halves do, and the result is zero-extended
     */
    public static Range apply(BinaryOperator operator, Range left, Range right, boolean wide) {
        if (!isTracked(operator, right, wide)) {
            return Range.UNKNOWN;
        }
        if (left.isConstant() && right.isConstant()) {
            return Range.of(evaluate(operator, left.constant(), right.constant(), wide));
        }
        RangeBuilder result = new RangeBuilder(left);
        switch (operator) {
            case ADD -> AdditiveBounds.add(result, left, right);
            case SUBTRACT -> AdditiveBounds.subtract(result, left, right);
            case MULTIPLY -> ProductBounds.multiply(result, left, right);
            case AND -> BitwiseBounds.and(result, left, right);
            case OR -> BitwiseBounds.or(result, left, right);
            case XOR -> BitwiseBounds.xor(result, left, right);
            case SHIFT_LEFT -> ShiftBounds.left(result, (int) right.umin(), wide);
            case SHIFT_RIGHT -> ShiftBounds.right(result, (int) right.umin(), wide);
            case ARITHMETIC_SHIFT_RIGHT -> ShiftBounds.arithmeticRight(result, (int) right.umin(), wide);
            case DIVIDE, SIGNED_DIVIDE, MODULO, SIGNED_MODULO -> throw untracked(operator);
        }
        return finish(result, wide);
    }

    private static long evaluate(BinaryOperator operator, long left, long right, boolean wide) {
        long result = switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> left << right;
            case SHIFT_RIGHT -> (wide ? left : left & LOWER_32) >>> right;
            case ARITHMETIC_SHIFT_RIGHT -> (wide ? left : (int) left) >> right;
            case DIVIDE, SIGNED_DIVIDE, MODULO, SIGNED_MODULO -> throw untracked(operator);
        };
        return wide ? result : result & LOWER_32;
    }

    private static IllegalArgumentException untracked(BinaryOperator operator) {
        return new IllegalArgumentException("Results of " + operator + " are not tracked");
    }

    /** What is known of 0 minus {@code operand}. */
    public static Range negate(Range operand, boolean wide) {
        Range zero = Range.of(0);
        RangeBuilder result = new RangeBuilder(zero);
        AdditiveBounds.subtract(result, zero, operand);
        return finish(result, wide);
    }

    /**
     * What is known of the low {@code bits} (16, 32 or 64) bits with their bytes in the opposite order, zero-extended.
     * (An instruction that asks for the byte order the machine has anyway just {@linkplain Range#truncate truncates}.)
     */
    public static Range byteSwap(Range operand, int bits) {
        return Range.of(operand.bits().byteSwap(bits));
    }

    private static Range finish(RangeBuilder result, boolean wide) {
        if (!wide) {
            result.zeroExtend32();
        }
        return RangeDeduction.synchronize(result).build();
    }

    private static boolean isTracked(BinaryOperator operator, Range right, boolean wide) {
        return switch (operator) {
            case ADD, SUBTRACT, MULTIPLY, AND, OR, XOR -> true;
            case SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT ->
                // All 64 bits of the amount count, even for a shift of 32.
                right.isConstant()
                        ? Unsigned.less(right.constant(), wide ? Long.SIZE : Integer.SIZE)
                        : !wide && right.isConstant32() && Unsigned.less(right.umax(), Integer.SIZE);
            case DIVIDE, SIGNED_DIVIDE, MODULO, SIGNED_MODULO -> false;
        };
    }
}
