package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Int;

/** Computes with constants as BPF does (RFC 9669, 4.1). Numbers of 32 bits are given and returned sign-extended. */
final class Arithmetic {
    private Arithmetic() {}

    /** The result of an operation. @param type {@link Int#I32} or {@link Int#I64} */
    static long compute(BinaryOperator operator, Int type, long left, long right) {
        return type == Int.I32 ? compute32(operator, (int) left, (int) right) : compute64(operator, left, right);
    }

    private static int compute32(BinaryOperator operator, int left, int right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? 0 : Integer.divideUnsigned(left, right);
            case SIGNED_DIVIDE -> right == 0 ? 0 : left / right;
            case REMAINDER -> right == 0 ? left : Integer.remainderUnsigned(left, right);
            case SIGNED_REMAINDER -> right == 0 ? left : left % right;
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> left << right;
            case SHIFT_RIGHT -> left >>> right;
            case ARITHMETIC_SHIFT_RIGHT -> left >> right;
        };
    }

    private static long compute64(BinaryOperator operator, long left, long right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? 0 : Long.divideUnsigned(left, right);
            case SIGNED_DIVIDE -> right == 0 ? 0 : left / right;
            case REMAINDER -> right == 0 ? left : Long.remainderUnsigned(left, right);
            case SIGNED_REMAINDER -> right == 0 ? left : left % right;
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> left << right;
            case SHIFT_RIGHT -> left >>> right;
            case ARITHMETIC_SHIFT_RIGHT -> left >> right;
        };
    }

    /** The lowest bytes of a number, extended to 64 bits. */
    static long extend(Int from, boolean signed, long value) {
        int unused = Long.SIZE - from.bits();
        return signed ? value << unused >> unused : value << unused >>> unused;
    }

    /** The lowest bytes in the other order, zero-extended. */
    static long swapBytes(Int width, long value) {
        return Long.reverseBytes(value) >>> (Long.SIZE - width.bits());
    }

    /** The number as it is kept for {@code type}: of 32 bits sign-extended. */
    static long cut(Int type, long value) {
        return type == Int.I32 ? (int) value : value;
    }
}
