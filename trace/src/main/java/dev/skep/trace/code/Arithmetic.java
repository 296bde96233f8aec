package dev.skep.trace.code;

import dev.skep.compiler.ir.Comparison;
import dev.skep.trace.tree.BinaryOperator;

/** The operators of scripts as the compiler's. */
final class Arithmetic {
    private Arithmetic() {}

    /** Division is that of numbers without a sign, as BPF has it from its start: what has one is warned of. */
    static dev.skep.compiler.ir.BinaryOperator operator(BinaryOperator operator) {
        return switch (operator) {
            case BIT_OR -> dev.skep.compiler.ir.BinaryOperator.OR;
            case BIT_XOR -> dev.skep.compiler.ir.BinaryOperator.XOR;
            case BIT_AND -> dev.skep.compiler.ir.BinaryOperator.AND;
            case SHIFT_LEFT -> dev.skep.compiler.ir.BinaryOperator.SHIFT_LEFT;
            case SHIFT_RIGHT -> dev.skep.compiler.ir.BinaryOperator.SHIFT_RIGHT;
            case ADD -> dev.skep.compiler.ir.BinaryOperator.ADD;
            case SUBTRACT -> dev.skep.compiler.ir.BinaryOperator.SUBTRACT;
            case MULTIPLY -> dev.skep.compiler.ir.BinaryOperator.MULTIPLY;
            case DIVIDE -> dev.skep.compiler.ir.BinaryOperator.DIVIDE;
            case REMAINDER -> dev.skep.compiler.ir.BinaryOperator.REMAINDER;
            default -> throw new IllegalArgumentException(operator + " makes no number");
        };
    }

    /** How a greater number compares with a lesser one, or the other way round. */
    static Comparison better(boolean greatest, boolean signed) {
        if (signed) {
            return greatest ? Comparison.SIGNED_GREATER : Comparison.SIGNED_LESS;
        }
        return greatest ? Comparison.GREATER : Comparison.LESS;
    }

    static Comparison comparison(BinaryOperator operator, boolean signed) {
        return switch (operator) {
            case EQUAL -> Comparison.EQUAL;
            case NOT_EQUAL -> Comparison.NOT_EQUAL;
            case LESS -> signed ? Comparison.SIGNED_LESS : Comparison.LESS;
            case LESS_OR_EQUAL -> signed ? Comparison.SIGNED_LESS_OR_EQUAL : Comparison.LESS_OR_EQUAL;
            case GREATER -> signed ? Comparison.SIGNED_GREATER : Comparison.GREATER;
            case GREATER_OR_EQUAL -> signed ? Comparison.SIGNED_GREATER_OR_EQUAL : Comparison.GREATER_OR_EQUAL;
            default -> throw new IllegalArgumentException(operator + " compares nothing");
        };
    }
}
