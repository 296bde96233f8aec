package dev.skep.trace.syntax;

import dev.skep.trace.tree.BinaryOperator;
import java.util.Optional;
import java.util.function.Function;

/** Constant expressions of C: of enumerations, lengths of arrays, bit fields and {@code #if}. All in 64 bits, signed. */
final class CConstantExpression {
    private static final int DEEPEST = 64;

    private final CTokens tokens;
    private final Function<String, Optional<Long>> names;
    private final Sizes sizes;
    private int depth;

    /** Reads {@code sizeof} and casts; what the preprocessor reads has neither. */
    interface Sizes {
        /** True if a type starts at the next token. */
        boolean atType();

        /** Reads a type, and says how many bytes it takes. */
        long size();
    }

    /** @param names what names stand for; an empty answer is an error */
    CConstantExpression(CTokens tokens, Function<String, Optional<Long>> names, Sizes sizes) {
        this.tokens = tokens;
        this.names = names;
        this.sizes = sizes;
    }

    /** The value of the expression that starts here. @throws SyntaxError if there is none, having said so */
    long value() {
        return nested(this::conditional);
    }

    private interface Part {
        long read();
    }

    private long nested(Part part) {
        if (depth == DEEPEST) {
            throw tokens.error(tokens.peek().span(), "nested too deeply");
        }
        depth++;
        try {
            return part.read();
        } finally {
            depth--;
        }
    }

    private long conditional() {
        long condition = binary(1);
        if (!tokens.take(TokenKind.QUESTION_MARK)) {
            return condition;
        }
        long whenTrue = value();
        tokens.expect(TokenKind.COLON);
        long whenFalse = value();
        return condition != 0 ? whenTrue : whenFalse;
    }

    private long binary(int lowest) {
        long left = nested(this::unary);
        while (true) {
            Token token = tokens.peek();
            Optional<BinaryOperator> operator = Operators.binary(token);
            if (operator.isEmpty() || operator.get().precedence() < lowest) {
                return left;
            }
            tokens.next();
            long right = binary(operator.get().precedence() + 1);
            left = applied(operator.get(), left, right, token);
        }
    }

    private long applied(BinaryOperator operator, long left, long right, Token token) {
        if (operator.divides() && right == 0) {
            throw tokens.error(token.span(), "division by zero");
        }
        return switch (operator) {
            case OR -> truth(left != 0 || right != 0);
            case AND -> truth(left != 0 && right != 0);
            case BIT_OR -> left | right;
            case BIT_XOR -> left ^ right;
            case BIT_AND -> left & right;
            case EQUAL -> truth(left == right);
            case NOT_EQUAL -> truth(left != right);
            case LESS -> truth(left < right);
            case LESS_OR_EQUAL -> truth(left <= right);
            case GREATER -> truth(left > right);
            case GREATER_OR_EQUAL -> truth(left >= right);
            case SHIFT_LEFT -> left << right;
            case SHIFT_RIGHT -> left >> right;
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case REMAINDER -> left % right;
        };
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }

    private long unary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case INTEGER -> token.value();
            case PLUS -> nested(this::unary);
            case MINUS -> -nested(this::unary);
            case TILDE -> ~nested(this::unary);
            case EXCLAMATION_MARK -> truth(nested(this::unary) == 0);
            case LEFT_PARENTHESIS -> parenthesised();
            case IDENTIFIER -> named(token);
            default ->
                throw tokens.error(token.span(), "syntax error in C, unexpected " + token.shown() + " in a constant");
        };
    }

    private long parenthesised() {
        if (sizes.atType()) {
            sizes.size();
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
            return nested(this::unary);
        }
        long value = value();
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return value;
    }

    private long named(Token token) {
        if (token.text().equals("sizeof")) {
            tokens.expect(TokenKind.LEFT_PARENTHESIS);
            if (!sizes.atType()) {
                throw tokens.error(tokens.peek().span(), "sizeof in a constant needs a type");
            }
            long size = sizes.size();
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
            return size;
        }
        return names.apply(token.text())
                .orElseThrow(() -> tokens.error(token.span(), "'" + token.text() + "' is not a known constant"));
    }
}
