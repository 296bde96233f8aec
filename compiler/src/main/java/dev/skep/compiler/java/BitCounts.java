package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;

/** Counts of bits, and single ones, without branches: Warren, Hacker's Delight, chapter 5. Counts are {@code int}. */
final class BitCounts {
    private BitCounts() {}

    /** How many bits are set: sums of pairs, of fours, of bytes, and those added by a multiplication. */
    static Value ones(Emitter emitter, Value value) {
        Value odd = and(emitter, right(emitter, value, 1), 0x5555555555555555L);
        Value pairs = emitter.binary(BinaryOperator.SUBTRACT, value, odd);
        Value fours = emitter.binary(
                BinaryOperator.ADD,
                and(emitter, pairs, 0x3333333333333333L),
                and(emitter, right(emitter, pairs, 2), 0x3333333333333333L));
        Value bytes =
                and(emitter, emitter.binary(BinaryOperator.ADD, fours, right(emitter, fours, 4)), 0x0f0f0f0f0f0f0f0fL);
        Int type = (Int) value.type();
        Value sum = emitter.binary(BinaryOperator.MULTIPLY, bytes, Constant.of(type, 0x0101010101010101L));
        return emitter.narrow(right(emitter, sum, type.bits() - 8));
    }

    /** All bits below the highest that is set are set too; those that are not are counted. */
    static Value leadingZeros(Emitter emitter, Value value) {
        return ones(
                emitter,
                emitter.binary(BinaryOperator.XOR, filled(emitter, value), Constant.of((Int) value.type(), -1)));
    }

    private static Value filled(Emitter emitter, Value value) {
        Value filled = value;
        for (int distance = 1; distance < ((Int) value.type()).bits(); distance *= 2) {
            filled = emitter.binary(BinaryOperator.OR, filled, right(emitter, filled, distance));
        }
        return filled;
    }

    /** Just the highest bit that is set: what has all below set too, without these. */
    static Value highest(Emitter emitter, Value value) {
        Value filled = filled(emitter, value);
        return emitter.binary(BinaryOperator.XOR, filled, right(emitter, filled, 1));
    }

    /** Just the lowest bit that is set. */
    static Value lowest(Emitter emitter, Value value) {
        return emitter.binary(BinaryOperator.AND, value, emitter.add(new Operation.Negate(value)));
    }

    /** The bits in the opposite order: neighbours, pairs and fours change places, then bytes. */
    static Value reversed(Emitter emitter, Value value) {
        Value ones = exchanged(emitter, value, 1, 0x5555555555555555L);
        Value pairs = exchanged(emitter, ones, 2, 0x3333333333333333L);
        Value fours = exchanged(emitter, pairs, 4, 0x0f0f0f0f0f0f0f0fL);
        return emitter.add(new Operation.SwapBytes((Int) value.type(), fours));
    }

    private static Value exchanged(Emitter emitter, Value value, int distance, long mask) {
        Value up = emitter.binary(
                BinaryOperator.SHIFT_LEFT, and(emitter, value, mask), Constant.of((Int) value.type(), distance));
        return emitter.binary(BinaryOperator.OR, up, and(emitter, right(emitter, value, distance), mask));
    }

    /** {@code ~x & (x - 1)} has just the zeros set that end {@code x}. */
    static Value trailingZeros(Emitter emitter, Value value) {
        Int type = (Int) value.type();
        Value zeros = emitter.binary(BinaryOperator.XOR, value, Constant.of(type, -1));
        Value below = emitter.binary(BinaryOperator.ADD, value, Constant.of(type, -1));
        return ones(emitter, emitter.binary(BinaryOperator.AND, zeros, below));
    }

    private static Value right(Emitter emitter, Value value, int distance) {
        return emitter.binary(BinaryOperator.SHIFT_RIGHT, value, Constant.of((Int) value.type(), distance));
    }

    private static Value and(Emitter emitter, Value value, long mask) {
        return emitter.binary(BinaryOperator.AND, value, Constant.of((Int) value.type(), mask));
    }
}
