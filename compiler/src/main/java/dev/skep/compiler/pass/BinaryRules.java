package dev.skep.compiler.pass;

import static dev.skep.compiler.ir.BinaryOperator.ADD;
import static dev.skep.compiler.ir.BinaryOperator.SUBTRACT;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Binary;
import dev.skep.compiler.ir.Operation.Compare;
import dev.skep.compiler.ir.Value;

/** The algebra of arithmetic. */
final class BinaryRules {
    private BinaryRules() {}

    /** The same result, in a simpler way; the operation itself if there is none. */
    static Operation simplify(Binary binary) {
        if (binary.left() instanceof Constant left && binary.right() instanceof Constant right) {
            Int type = (Int) binary.type();
            return Constants.number(type, Arithmetic.compute(binary.operator(), type, left.value(), right.value()));
        }
        if (binary.left() instanceof Constant && binary.operator().isCommutative()) {
            return new Binary(binary.operator(), binary.right(), binary.left());
        }
        if (binary.right() instanceof Constant right) {
            return withConstant(binary, right.value());
        }
        if (binary.left().equals(binary.right())) {
            return withItself(binary);
        }
        return Constants.is(binary.left(), 0) ? fromZero(binary) : binary;
    }

    /** With 0 on the left, which stays where the operator does not commute. */
    private static Operation fromZero(Binary binary) {
        return switch (binary.operator()) {
            case SUBTRACT -> new Operation.Negate(binary.right());
            case DIVIDE, SIGNED_DIVIDE, REMAINDER, SIGNED_REMAINDER, SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT ->
                Constants.copy(binary.left());
            case ADD, MULTIPLY, AND, OR, XOR -> binary;
        };
    }

    private static Operation withItself(Binary binary) {
        return switch (binary.operator()) {
            case SUBTRACT, XOR -> Constants.number(binary.type(), 0);
            case AND, OR -> Constants.copy(binary.left());
            default -> binary;
        };
    }

    private static Operation withConstant(Binary binary, long right) {
        Int type = (Int) binary.type();
        Value left = binary.left();
        long distance = right & (type.bits() - 1);
        return switch (binary.operator()) {
            case ADD -> right == 0 ? Constants.copy(left) : joined(binary, right);
            case SUBTRACT -> new Binary(ADD, left, Constant.of(type, Arithmetic.compute(SUBTRACT, type, 0, right)));
            case OR ->
                right == 0 ? Constants.copy(left) : right == -1 ? Constants.number(type, -1) : joined(binary, right);
            case XOR -> right == 0 ? Constants.copy(left) : right == 1 ? inverted(binary) : joined(binary, right);
            case AND ->
                right == 0 ? Constants.number(type, 0) : right == -1 ? Constants.copy(left) : joined(binary, right);
            case MULTIPLY -> multiplied(binary, right);
            case DIVIDE, SIGNED_DIVIDE ->
                right == 0 ? Constants.number(type, 0) : right == 1 ? Constants.copy(left) : binary;
            case REMAINDER -> right == 0 ? Constants.copy(left) : right == 1 ? Constants.number(type, 0) : binary;
            case SIGNED_REMAINDER ->
                right == 0 ? Constants.copy(left) : right == 1 || right == -1 ? Constants.number(type, 0) : binary;
            case SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT ->
                distance == 0 ? Constants.copy(left) : shifted(binary, (int) distance);
        };
    }

    private static Operation multiplied(Binary binary, long factor) {
        if (factor == 0) {
            return Constants.number(binary.type(), 0);
        }
        if (factor == 1) {
            return Constants.copy(binary.left());
        }
        return factor == -1 ? new Operation.Negate(binary.left()) : joined(binary, factor);
    }

    /** {@code (x op a) op b} is {@code x op (a op b)} where the operator is associative. */
    private static Operation joined(Binary binary, long right) {
        if (binary.left() instanceof Instruction instruction
                && instruction.operation() instanceof Binary inner
                && inner.operator() == binary.operator()
                && inner.right() instanceof Constant constant) {
            Int type = (Int) binary.type();
            long both = Arithmetic.compute(binary.operator(), type, constant.value(), right);
            return new Binary(binary.operator(), inner.left(), Constant.of(type, both));
        }
        return binary;
    }

    /** {@code (x shift a) shift b} is {@code x shift (a + b)}; beyond the width nothing is left but the sign. */
    private static Operation shifted(Binary binary, int distance) {
        Int type = (Int) binary.type();
        if (!(binary.left() instanceof Instruction instruction
                && instruction.operation() instanceof Binary inner
                && inner.operator() == binary.operator()
                && inner.right() instanceof Constant constant)) {
            return distance == ((Constant) binary.right()).value()
                    ? binary
                    : new Binary(binary.operator(), binary.left(), Constant.of(type, distance));
        }
        long both = distance + (constant.value() & (type.bits() - 1));
        if (both < type.bits()) {
            return new Binary(binary.operator(), inner.left(), Constant.of(type, both));
        }
        return binary.operator() == BinaryOperator.ARITHMETIC_SHIFT_RIGHT
                ? new Binary(binary.operator(), inner.left(), Constant.of(type, type.bits() - 1))
                : Constants.number(type, 0);
    }

    /** The other truth of a comparison. */
    private static Operation inverted(Binary binary) {
        return binary.left() instanceof Instruction instruction && instruction.operation() instanceof Compare compare
                ? new Compare(compare.comparison().opposite(), compare.left(), compare.right())
                : joined(binary, 1);
    }
}
