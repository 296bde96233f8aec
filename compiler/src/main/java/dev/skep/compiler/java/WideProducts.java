package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;

/** The upper 64 bits of products of two numbers of 64 bits, of those of their halves: Warren, Hacker's Delight, 8-2. */
final class WideProducts {
    private static final long LOWER_HALF = 0xffff_ffffL;
    private static final long HALF = 32;

    private WideProducts() {}

    /** {@code Math.multiplyHigh}. */
    static Value signed(Emitter emitter, Value left, Value right) {
        return high(emitter, left, right, BinaryOperator.ARITHMETIC_SHIFT_RIGHT);
    }

    /** {@code Math.unsignedMultiplyHigh}. */
    static Value unsigned(Emitter emitter, Value left, Value right) {
        return high(emitter, left, right, BinaryOperator.SHIFT_RIGHT);
    }

    /** @param shift what takes the upper half of a number */
    private static Value high(Emitter emitter, Value left, Value right, BinaryOperator shift) {
        Value leftHigh = upper(emitter, shift, left);
        Value leftLow = lower(emitter, left);
        Value rightHigh = upper(emitter, shift, right);
        Value rightLow = lower(emitter, right);
        Value carried = upper(emitter, BinaryOperator.SHIFT_RIGHT, multiply(emitter, leftLow, rightLow));
        Value one = add(emitter, multiply(emitter, leftHigh, rightLow), carried);
        Value other = add(emitter, multiply(emitter, leftLow, rightHigh), lower(emitter, one));
        Value sum = add(emitter, multiply(emitter, leftHigh, rightHigh), upper(emitter, shift, one));
        return add(emitter, sum, upper(emitter, shift, other));
    }

    private static Value upper(Emitter emitter, BinaryOperator shift, Value value) {
        return emitter.binary(shift, value, Constant.of(HALF));
    }

    private static Value lower(Emitter emitter, Value value) {
        return emitter.binary(BinaryOperator.AND, value, Constant.of(LOWER_HALF));
    }

    private static Value multiply(Emitter emitter, Value left, Value right) {
        return emitter.binary(BinaryOperator.MULTIPLY, left, right);
    }

    private static Value add(Emitter emitter, Value left, Value right) {
        return emitter.binary(BinaryOperator.ADD, left, right);
    }
}
