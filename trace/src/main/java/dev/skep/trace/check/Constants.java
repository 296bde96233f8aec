package dev.skep.trace.check;

import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.UnaryOperator;
import java.util.Optional;
import java.util.OptionalLong;

/** What expressions are known to be where the script is compiled. */
public final class Constants {
    private Constants() {}

    /** A number; booleans are 1 and 0. Arithmetic wraps around at 64 bits. */
    public static OptionalLong number(Expression expression) {
        return number(expression, other -> OptionalLong.empty());
    }

    /** The same where more is known. @param known tells the numbers of expressions that are no literals */
    static OptionalLong number(Expression expression, Known known) {
        return switch (expression) {
            case Expression.IntegerLiteral literal -> OptionalLong.of(literal.value());
            case Expression.BooleanLiteral literal -> OptionalLong.of(literal.value() ? 1 : 0);
            case Expression.CompileTime compileTime -> number(compileTime.expression(), known);
            case Expression.Unary unary -> unary(unary, known);
            case Expression.Binary binary -> binary(binary, known);
            case Expression.Conditional choice -> choice(choice, known);
            default -> known.number(expression);
        };
    }

    /** What is known of expressions that are no literals. */
    @FunctionalInterface
    interface Known {
        OptionalLong number(Expression expression);
    }

    /** A text. */
    public static Optional<String> text(Expression expression) {
        return switch (expression) {
            case Expression.StringLiteral literal -> Optional.of(literal.value());
            case Expression.CompileTime compileTime -> text(compileTime.expression());
            case Expression.BlockExpression block when block.statements().isEmpty() -> text(block.result());
            case Expression.Binary binary
            when binary.operator() == BinaryOperator.ADD ->
                text(binary.left()).flatMap(left -> text(binary.right()).map(left::concat));
            default -> Optional.empty();
        };
    }

    /**
     * True if a number's 64 bits are meant without a sign: it is a literal above {@link Long#MAX_VALUE}, the complement of one, or what
     * comes of numbers that are not negative.
     */
    static boolean isUnsigned(Expression expression) {
        return switch (expression) {
            case Expression.IntegerLiteral literal -> literal.unsigned();
            case Expression.CompileTime compileTime -> isUnsigned(compileTime.expression());
            case Expression.Unary unary -> unary.operator() == UnaryOperator.COMPLEMENT;
            case Expression.Binary binary ->
                isNotNegative(binary.left())
                        && isNotNegative(binary.right())
                        && (binary.operator() != BinaryOperator.SUBTRACT || isUnsigned(binary.left()));
            default -> false;
        };
    }

    private static boolean isNotNegative(Expression expression) {
        OptionalLong number = number(expression);
        return number.isPresent() && (number.getAsLong() >= 0 || isUnsigned(expression));
    }

    /** True if an expression of constants is a boolean: what operators make of two booleans is one, too. */
    static boolean isTruth(Expression expression) {
        return switch (expression) {
            case Expression.BooleanLiteral literal -> true;
            case Expression.CompileTime compileTime -> isTruth(compileTime.expression());
            case Expression.Unary unary -> unary.operator() == UnaryOperator.NOT;
            case Expression.Binary binary ->
                binary.operator().makesTruth() || (isTruth(binary.left()) && isTruth(binary.right()));
            default -> false;
        };
    }

    private static OptionalLong choice(Expression.Conditional choice, Known known) {
        OptionalLong condition = number(choice.condition(), known);
        if (condition.isEmpty()) {
            return condition;
        }
        return number(condition.getAsLong() != 0 ? choice.whenTrue() : choice.whenFalse(), known);
    }

    private static OptionalLong unary(Expression.Unary unary, Known known) {
        OptionalLong operand = number(unary.operand(), known);
        if (operand.isEmpty()) {
            return operand;
        }
        long value = operand.getAsLong();
        return switch (unary.operator()) {
            case NOT -> OptionalLong.of(value == 0 ? 1 : 0);
            case COMPLEMENT -> OptionalLong.of(~value);
            case NEGATE -> OptionalLong.of(-value);
            case DEREFERENCE, ADDRESS_OF -> OptionalLong.empty();
        };
    }

    private static OptionalLong binary(Expression.Binary binary, Known known) {
        Optional<String> leftText = text(binary.left());
        Optional<String> rightText = text(binary.right());
        if (leftText.isPresent() && rightText.isPresent()) {
            return binary.operator().isComparison()
                    ? compute(binary.operator(), leftText.get().compareTo(rightText.get()), 0)
                    : OptionalLong.empty();
        }
        OptionalLong left = number(binary.left(), known);
        OptionalLong right = number(binary.right(), known);
        if (left.isEmpty() || right.isEmpty()) {
            return known.number(binary);
        }
        OptionalLong result = isUnsigned(binary.left()) || isUnsigned(binary.right())
                ? computeUnsigned(binary.operator(), left.getAsLong(), right.getAsLong())
                : compute(binary.operator(), left.getAsLong(), right.getAsLong());
        return result.isPresent() && isTruth(binary) ? truth(result.getAsLong() != 0) : result;
    }

    /** Where at least one number has no sign. */
    private static OptionalLong computeUnsigned(BinaryOperator operator, long left, long right) {
        return switch (operator) {
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                compute(operator, Long.compareUnsigned(left, right), 0);
            case SHIFT_RIGHT -> OptionalLong.of(left >>> right);
            case DIVIDE -> right == 0 ? OptionalLong.empty() : OptionalLong.of(Long.divideUnsigned(left, right));
            case REMAINDER -> right == 0 ? OptionalLong.empty() : OptionalLong.of(Long.remainderUnsigned(left, right));
            default -> compute(operator, left, right);
        };
    }

    private static OptionalLong compute(BinaryOperator operator, long left, long right) {
        return switch (operator) {
            case OR -> truth(left != 0 || right != 0);
            case AND -> truth(left != 0 && right != 0);
            case BIT_OR -> OptionalLong.of(left | right);
            case BIT_XOR -> OptionalLong.of(left ^ right);
            case BIT_AND -> OptionalLong.of(left & right);
            case EQUAL -> truth(left == right);
            case NOT_EQUAL -> truth(left != right);
            case LESS -> truth(left < right);
            case LESS_OR_EQUAL -> truth(left <= right);
            case GREATER -> truth(left > right);
            case GREATER_OR_EQUAL -> truth(left >= right);
            case SHIFT_LEFT -> OptionalLong.of(left << right);
            case SHIFT_RIGHT -> OptionalLong.of(left >> right);
            case ADD -> OptionalLong.of(left + right);
            case SUBTRACT -> OptionalLong.of(left - right);
            case MULTIPLY -> OptionalLong.of(left * right);
            case DIVIDE -> right == 0 ? OptionalLong.empty() : OptionalLong.of(left / right);
            case REMAINDER -> right == 0 ? OptionalLong.empty() : OptionalLong.of(left % right);
        };
    }

    private static OptionalLong truth(boolean value) {
        return OptionalLong.of(value ? 1 : 0);
    }
}
