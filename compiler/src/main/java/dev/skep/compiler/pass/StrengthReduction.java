package dev.skep.compiler.pass;

import static dev.skep.compiler.ir.BinaryOperator.ADD;
import static dev.skep.compiler.ir.BinaryOperator.AND;
import static dev.skep.compiler.ir.BinaryOperator.ARITHMETIC_SHIFT_RIGHT;
import static dev.skep.compiler.ir.BinaryOperator.SHIFT_LEFT;
import static dev.skep.compiler.ir.BinaryOperator.SHIFT_RIGHT;
import static dev.skep.compiler.ir.BinaryOperator.SUBTRACT;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation.Binary;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Multiplications, divisions and remainders by powers of two become shifts and masks, and signed divisions unsigned where they can. */
final class StrengthReduction implements Pass {
    @Override
    public boolean run(Function function) {
        KnownBits bits = KnownBits.of(function);
        boolean changed = false;
        for (Block block : function.blocks()) {
            List<Instruction> result = new ArrayList<>();
            for (Instruction instruction : block.instructions()) {
                if (instruction.operation() instanceof Binary binary) {
                    changed |= withoutSign(instruction, binary, bits);
                }
                if (instruction.operation() instanceof Binary binary && binary.right() instanceof Constant constant) {
                    int exponent = exponent((Int) binary.type(), constant.value());
                    if (exponent > 0) {
                        changed |= new Reduction(binary, exponent, result, instruction.position()).reduce(instruction);
                    }
                }
                result.add(instruction);
            }
            block.instructions().clear();
            block.instructions().addAll(result);
        }
        return changed;
    }

    /** Of numbers that are never negative, signed division is the unsigned one, which all versions of BPF have. */
    private static boolean withoutSign(Instruction instruction, Binary binary, KnownBits bits) {
        boolean isQuotient = binary.operator() == BinaryOperator.SIGNED_DIVIDE;
        boolean isDivision = isQuotient || binary.operator() == BinaryOperator.SIGNED_REMAINDER;
        if (!isDivision || !bits.isNonNegative(binary.left()) || !bits.isNonNegative(binary.right())) {
            return false;
        }
        BinaryOperator unsigned = isQuotient ? BinaryOperator.DIVIDE : BinaryOperator.REMAINDER;
        instruction.replace(new Binary(unsigned, binary.left(), binary.right()));
        return true;
    }

    /** The power of two that a number is: its exponent, or -1 if it is none. For 32 bits the number is given sign-extended. */
    private static int exponent(Int type, long number) {
        long bits = type == Int.I32 ? number & 0xffff_ffffL : number;
        return Long.bitCount(bits) == 1 ? Long.numberOfTrailingZeros(bits) : -1;
    }

    /** Of one operation. @param before where operations that it needs are added */
    private record Reduction(Binary binary, int exponent, List<Instruction> before, Position position) {
        boolean reduce(Instruction instruction) {
            Value left = binary.left();
            // The power is negative as a signed number: the smallest there is.
            boolean isSmallest = exponent == type().bits() - 1;
            switch (binary.operator()) {
                case MULTIPLY -> instruction.replace(with(SHIFT_LEFT, left, exponent));
                case DIVIDE -> instruction.replace(with(SHIFT_RIGHT, left, exponent));
                case REMAINDER -> instruction.replace(with(AND, left, (1L << exponent) - 1));
                case SIGNED_DIVIDE -> {
                    if (isSmallest) {
                        return false;
                    }
                    instruction.replace(with(ARITHMETIC_SHIFT_RIGHT, add(ADD, left, bias(left)), exponent));
                }
                case SIGNED_REMAINDER -> {
                    if (isSmallest) {
                        return false;
                    }
                    instruction.replace(signedRemainder(left));
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private Int type() {
            return (Int) binary.type();
        }

        private Binary with(BinaryOperator operator, Value left, long right) {
            return new Binary(operator, left, Constant.of(type(), right));
        }

        private Instruction add(BinaryOperator operator, Value left, Value right) {
            return added(new Binary(operator, left, right));
        }

        private Instruction added(Binary operation) {
            Instruction instruction = new Instruction(operation, position);
            before.add(instruction);
            return instruction;
        }

        /** What makes a shift round towards zero: the power less one for negative numbers, else 0. */
        private Value bias(Value left) {
            Value sign = added(with(ARITHMETIC_SHIFT_RIGHT, left, type().bits() - 1L));
            return added(with(SHIFT_RIGHT, sign, type().bits() - (long) exponent));
        }

        private Binary signedRemainder(Value left) {
            Value bias = bias(left);
            Value sum = add(ADD, left, bias);
            Value low = added(with(AND, sum, (1L << exponent) - 1));
            return new Binary(SUBTRACT, low, bias);
        }
    }
}
