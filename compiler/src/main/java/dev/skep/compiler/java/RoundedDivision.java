package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;

/** Divisions that round down or up ({@code Math.floorDiv}, {@code floorMod}, {@code ceilDiv}, {@code ceilMod}); by zero they end. */
final class RoundedDivision {
    private RoundedDivision() {}

    static Value floorDiv(Emitter emitter, Value left, Value right) {
        if (isPowerOfTwo(right)) {
            Value places = Constant.of((Int) left.type(), Long.numberOfTrailingZeros(((Constant) right).value()));
            return emitter.binary(BinaryOperator.ARITHMETIC_SHIFT_RIGHT, left, places);
        }
        Value quotient = divide(emitter, BinaryOperator.SIGNED_DIVIDE, left, right);
        Value rest = rest(emitter, left, quotient, right);
        return emitter.binary(BinaryOperator.SUBTRACT, quotient, isBelow(emitter, rest, right));
    }

    static Value floorMod(Emitter emitter, Value left, Value right) {
        if (isPowerOfTwo(right)) {
            return emitter.binary(
                    BinaryOperator.AND, left, Constant.of((Int) left.type(), ((Constant) right).value() - 1));
        }
        Value rest = divide(emitter, BinaryOperator.SIGNED_REMAINDER, left, right);
        Value once = emitter.binary(BinaryOperator.MULTIPLY, isBelow(emitter, rest, right), right);
        return emitter.binary(BinaryOperator.ADD, rest, once);
    }

    static Value ceilDiv(Emitter emitter, Value left, Value right) {
        Value quotient = divide(emitter, BinaryOperator.SIGNED_DIVIDE, left, right);
        Value rest = rest(emitter, left, quotient, right);
        return emitter.binary(BinaryOperator.ADD, quotient, isAbove(emitter, rest, right));
    }

    static Value ceilMod(Emitter emitter, Value left, Value right) {
        Value rest = divide(emitter, BinaryOperator.SIGNED_REMAINDER, left, right);
        Value once = emitter.binary(BinaryOperator.MULTIPLY, isAbove(emitter, rest, right), right);
        return emitter.binary(BinaryOperator.SUBTRACT, rest, once);
    }

    private static boolean isPowerOfTwo(Value value) {
        return value instanceof Constant constant && constant.value() > 0 && Long.bitCount(constant.value()) == 1;
    }

    private static Value divide(Emitter emitter, BinaryOperator operator, Value left, Value right) {
        return new ArithmeticTranslation(emitter).divide(operator, left, right);
    }

    private static Value rest(Emitter emitter, Value left, Value quotient, Value right) {
        return emitter.binary(BinaryOperator.SUBTRACT, left, emitter.binary(BinaryOperator.MULTIPLY, quotient, right));
    }

    /** 1 if what is left has another sign than the divisor, so that rounding down goes a step further; else 0. */
    private static Value isBelow(Emitter emitter, Value rest, Value divisor) {
        return isNegative(
                emitter, emitter.binary(BinaryOperator.AND, signs(emitter, rest, divisor), some(emitter, rest)));
    }

    /** 1 if what is left is not 0 and has the sign of the divisor, so that rounding up goes a step further; else 0. */
    private static Value isAbove(Emitter emitter, Value rest, Value divisor) {
        Value same =
                emitter.binary(BinaryOperator.XOR, signs(emitter, rest, divisor), Constant.of((Int) rest.type(), -1));
        return isNegative(emitter, emitter.binary(BinaryOperator.AND, same, some(emitter, rest)));
    }

    /** The sign bit is set if the signs differ. */
    private static Value signs(Emitter emitter, Value one, Value other) {
        return emitter.binary(BinaryOperator.XOR, one, other);
    }

    /** The sign bit is set if the value is not 0: that of the value or that of its negation is. */
    private static Value some(Emitter emitter, Value value) {
        return emitter.binary(BinaryOperator.OR, value, emitter.add(new Operation.Negate(value)));
    }

    /** The sign bit as a number of the same type. */
    private static Value isNegative(Emitter emitter, Value value) {
        Int type = (Int) value.type();
        return emitter.binary(BinaryOperator.SHIFT_RIGHT, value, Constant.of(type, type.bits() - 1));
    }
}
