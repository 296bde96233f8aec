package dev.skep.trace.syntax;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.TypeName;
import dev.skep.trace.tree.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Expressions: operators by climbing their precedence, and what stands between them by {@link PrimaryParser}. */
final class ExpressionParser {
    private final TokenStream tokens;
    private final TypeNameParser types;
    private final CastDetector casts;
    private final PrimaryParser primaries;
    private boolean inPredicate;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        this.types = new TypeNameParser(tokens, this);
        this.casts = new CastDetector(tokens, types);
        this.primaries = new PrimaryParser(tokens, this, types);
    }

    TypeNameParser types() {
        return types;
    }

    CastDetector casts() {
        return casts;
    }

    PrimaryParser primaries() {
        return primaries;
    }

    /** Any expression. */
    Expression expression() {
        tokens.enter();
        try {
            Expression condition = binary(1);
            if (!tokens.take(TokenKind.QUESTION_MARK)) {
                return condition;
            }
            Expression whenTrue = expression();
            tokens.expect(TokenKind.COLON);
            Expression whenFalse = expression();
            return new Expression.Conditional(condition.span().to(whenFalse.span()), condition, whenTrue, whenFalse);
        } finally {
            tokens.leave();
        }
    }

    /** What stands between the slashes before an action. */
    Expression predicate() {
        inPredicate = true;
        try {
            return expression();
        } finally {
            inPredicate = false;
        }
    }

    /** The condition of {@code if} and the like: an operand, so that everything else needs parentheses. */
    Expression condition() {
        tokens.enter();
        try {
            return Operators.unary(tokens.peek()).isPresent() ? unary() : primaries.postfix();
        } finally {
            tokens.leave();
        }
    }

    /** Expressions with commas between, at least one. */
    List<Expression> list() {
        List<Expression> all = new ArrayList<>(List.of(expression()));
        while (tokens.take(TokenKind.COMMA)) {
            all.add(expression());
        }
        return all;
    }

    private Expression binary(int lowest) {
        Expression left = unary();
        for (int operands = 1; ; operands++) {
            Token token = tokens.peek();
            Optional<BinaryOperator> operator = Operators.binary(token);
            if (operator.isEmpty() || operator.get().precedence() < lowest || endsPredicate(token)) {
                return left;
            }
            if (operands > Parser.LONGEST_CHAIN) {
                tokens.diagnostics().error(token.span(), "too many operands, at most " + Parser.LONGEST_CHAIN);
                throw new SyntaxError();
            }
            tokens.next();
            Expression right = binary(operator.get().precedence() + 1);
            left = new Expression.Binary(left.span().to(right.span()), operator.get(), token.span(), left, right);
        }
    }

    /** In a predicate, a slash before a brace is not a division, but ends it. */
    private boolean endsPredicate(Token token) {
        return inPredicate && token.is(TokenKind.SLASH) && tokens.peek(1).is(TokenKind.LEFT_BRACE);
    }

    /** An operand with operators and casts before it. */
    Expression unary() {
        tokens.enter();
        try {
            Token token = tokens.peek();
            Optional<UnaryOperator> operator = Operators.unary(token);
            if (operator.isPresent()) {
                tokens.next();
                return applied(operator.get(), token.span(), unary());
            }
            if (token.is(TokenKind.INCREMENT) || token.is(TokenKind.DECREMENT)) {
                return stepBefore();
            }
            if (token.isWord("comptime")) {
                tokens.next();
                Expression operand = unary();
                return new Expression.CompileTime(token.span().to(operand.span()), operand);
            }
            return casts.atCast() ? cast() : primaries.postfix();
        } finally {
            tokens.leave();
        }
    }

    private Expression applied(UnaryOperator operator, Span start, Expression operand) {
        if (operator == UnaryOperator.ADDRESS_OF && !PrimaryParser.isPlace(operand)) {
            tokens.diagnostics()
                    .error(
                            operand.span(),
                            "syntax error, & needs a variable or a map",
                            "assign the value to a variable first");
            throw new SyntaxError();
        }
        return new Expression.Unary(start.to(operand.span()), operator, operand);
    }

    private Expression cast() {
        Span start = tokens.expect(TokenKind.LEFT_PARENTHESIS).span();
        TypeName type = types.type();
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        Expression operand = unary();
        return new Expression.Cast(start.to(operand.span()), type, operand);
    }

    private Expression stepBefore() {
        Token operator = tokens.next();
        if (tokens.at(TokenKind.IDENTIFIER)) {
            tokens.diagnostics()
                    .error(
                            operator.span(),
                            "The " + operator.text() + " operator must be applied to a map or variable");
            throw new SyntaxError();
        }
        if (!tokens.at(TokenKind.VARIABLE) && !tokens.at(TokenKind.MAP)) {
            throw tokens.unexpected("");
        }
        Expression target = primaries.place();
        int by = operator.is(TokenKind.INCREMENT) ? 1 : -1;
        return new Expression.Step(operator.span().to(target.span()), target, by, true);
    }
}
