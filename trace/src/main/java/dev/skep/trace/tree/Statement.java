package dev.skep.trace.tree;

import dev.skep.trace.source.Span;
import java.util.List;
import java.util.Optional;

/** What is done. */
public sealed interface Statement {
    /** Where it is written. */
    Span span();

    /** Statements in a scope of their own. */
    record Block(Span span, List<Statement> statements) implements Statement {
        public Block {
            statements = List.copyOf(statements);
        }
    }

    /** An expression for its effect. */
    record Evaluate(Span span, Expression expression) implements Statement {}

    /** {@code _ = expression}: evaluated, and not wanted. */
    record Discard(Span span, Expression expression) implements Statement {}

    /**
     * {@code target = value} and {@code target += value}.
     *
     * @param target a variable, a map, an element of a map
     * @param operator empty for a plain assignment
     */
    record Assign(Span span, Expression target, Optional<BinaryOperator> operator, Expression value)
            implements Statement {}

    /** {@code let $name: type = value}. */
    record Let(Span span, Expression.Variable variable, Optional<TypeName> type, Optional<Expression> value)
            implements Statement {}

    /** {@code if}; {@code else if} is a block of one statement. @param compileTime {@code comptime if} */
    record If(Span span, boolean compileTime, Expression condition, Block whenTrue, Optional<Block> whenFalse)
            implements Statement {}

    /** {@code while (condition) body}. */
    record While(Span span, Expression condition, Block body) implements Statement {}

    /** {@code for ($element : @map) body}. */
    record ForMap(Span span, Expression.Variable element, Expression map, Block body) implements Statement {}

    /** {@code for ($i : start..end) body}; the end is not reached. */
    record ForRange(Span span, Expression.Variable counter, Expression start, Expression end, Block body)
            implements Statement {}

    /** {@code unroll (count) body}. */
    record Unroll(Span span, Expression count, Block body) implements Statement {}

    /** {@code import "path";} within a block: what the block calls is in that file. */
    record Import(Span span, String path) implements Statement {}

    /** {@code break}. */
    record Break(Span span) implements Statement {}

    /** {@code continue}. */
    record Continue(Span span) implements Statement {}

    /** {@code return}, {@code return value}. */
    record Return(Span span, Optional<Expression> value) implements Statement {}
}
