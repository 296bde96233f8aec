package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Value;
import dev.skep.trace.check.Promotion;
import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.UnaryOperator;
import dev.skep.trace.type.TraceType;
import java.util.OptionalLong;

/** Makes branches of conditions. */
final class ConditionCode {
    private final Program program;
    private final ExpressionCode expressions;
    private final Emit emit;
    private final TextCode texts;

    ConditionCode(Program program, ExpressionCode expressions) {
        this.program = program;
        this.expressions = expressions;
        this.emit = program.emit();
        this.texts = new TextCode(program);
    }

    void branch(Expression expression, Block taken, Block otherwise) {
        OptionalLong constant = program.typed().constant(expression);
        if (constant.isPresent()) {
            emit.jump(constant.getAsLong() != 0 ? taken : otherwise);
            return;
        }
        switch (expression) {
            case Expression.Unary unary
            when unary.operator() == UnaryOperator.NOT -> branch(unary.operand(), otherwise, taken);
            case Expression.Binary binary
            when binary.operator() == BinaryOperator.AND -> {
                Block next = emit.newBlock("and");
                branch(binary.left(), next, otherwise);
                emit.continueIn(next);
                branch(binary.right(), taken, otherwise);
            }
            case Expression.Binary binary
            when binary.operator() == BinaryOperator.OR -> {
                Block next = emit.newBlock("or");
                branch(binary.left(), taken, next);
                emit.continueIn(next);
                branch(binary.right(), taken, otherwise);
            }
            case Expression.Binary binary when binary.operator().isComparison() -> comparison(binary, taken, otherwise);
            default -> truth(expression, taken, otherwise);
        }
    }

    private void truth(Expression expression, Block taken, Block otherwise) {
        TraceType type = program.type(expression);
        Operand operand = expressions.value(expression);
        Value value = type instanceof TraceType.Text && operand instanceof Operand.Memory memory
                ? program.storage().number(memory, 1, false)
                : expressions.scalar(operand, type);
        emit.branch(Comparison.NOT_EQUAL, value, Emit.ZERO, taken, otherwise);
    }

    /** True if both sides are numbers. */
    boolean isPlainComparison(Expression.Binary binary) {
        return binary.operator().isComparison() && isNumber(binary.left()) && isNumber(binary.right());
    }

    private boolean isNumber(Expression expression) {
        TraceType type = program.type(expression);
        return Shape.isScalar(type) || type instanceof TraceType.Extreme || type instanceof TraceType.Average;
    }

    /** A comparison of numbers, as 1 or 0. */
    Operand compare(Expression.Binary binary) {
        Value left = expressions.scalar(binary.left());
        Value right = expressions.scalar(binary.right());
        return new Operand.Scalar(emit.compare(expressions.comparison(binary), left, right));
    }

    private void comparison(Expression.Binary binary, Block taken, Block otherwise) {
        if (isPlainComparison(binary)) {
            Value left = expressions.scalar(binary.left());
            Value right = expressions.scalar(binary.right());
            emit.branch(expressions.comparison(binary), left, right, taken, otherwise);
            return;
        }
        boolean equal = binary.operator() == BinaryOperator.EQUAL;
        texts.branchIfEqual(
                expressions.value(binary.left()),
                program.type(binary.left()),
                expressions.value(binary.right()),
                program.type(binary.right()),
                equal ? taken : otherwise,
                equal ? otherwise : taken);
    }

    /** Whether numbers are compared with their signs. */
    boolean isSigned(Expression left, Expression right) {
        return !Promotion.isUnsigned(program.type(left), program.type(right));
    }
}
