package dev.skep.trace.syntax;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements in braces, before it is known whether a value is wanted of them.
 *
 * @param tail what stands last without a semicolon, and so may be the value of all
 * @param lastLacksSemicolon true if the last statement has none, whatever it is
 */
record ParsedBlock(Span span, List<Statement> statements, Optional<Tail> tail, boolean lastLacksSemicolon) {
    ParsedBlock {
        statements = List.copyOf(statements);
    }

    /** What may be a value or a statement. */
    sealed interface Tail {
        /** As a value, if it has one. */
        Optional<Expression> asExpression();

        /** As a statement. */
        Statement asStatement();
    }

    /** An expression. */
    record Value(Expression expression) implements Tail {
        @Override
        public Optional<Expression> asExpression() {
            return Optional.of(expression);
        }

        @Override
        public Statement asStatement() {
            return new Statement.Evaluate(expression.span(), expression);
        }
    }

    /** Braces within braces. */
    record Nested(ParsedBlock block) implements Tail {
        @Override
        public Optional<Expression> asExpression() {
            return block.asExpression();
        }

        @Override
        public Statement asStatement() {
            return block.asBlock();
        }
    }

    /** {@code if}, with {@code if} again or a block after {@code else}. */
    record Choice(
            Span span, boolean compileTime, Expression condition, ParsedBlock whenTrue, Optional<ParsedBlock> whenFalse)
            implements Tail {
        @Override
        public Optional<Expression> asExpression() {
            Optional<Expression> positive = whenTrue.asExpression();
            Optional<Expression> negative = whenFalse.flatMap(ParsedBlock::asExpression);
            if (positive.isEmpty() || negative.isEmpty()) {
                return Optional.empty();
            }
            Expression tested = compileTime ? new Expression.CompileTime(condition.span(), condition) : condition;
            return Optional.of(new Expression.IfExpression(span, tested, positive.get(), negative));
        }

        @Override
        public Statement asStatement() {
            return new Statement.If(
                    span, compileTime, condition, whenTrue.asBlock(), whenFalse.map(ParsedBlock::asBlock));
        }
    }

    /** All of it as statements. */
    Statement.Block asBlock() {
        return new Statement.Block(span, asStatements());
    }

    /** All of it as statements, without the braces. */
    List<Statement> asStatements() {
        List<Statement> all = new ArrayList<>(statements);
        tail.ifPresent(last -> all.add(last.asStatement()));
        return all;
    }

    /** All of it as a value, if it ends in one. */
    Optional<Expression> asExpression() {
        return tail.flatMap(Tail::asExpression).map(result -> new Expression.BlockExpression(span, statements, result));
    }
}
