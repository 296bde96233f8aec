package dev.skep.trace.syntax;

import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.UnaryOperator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Which operator a token is. */
final class Operators {
    private static final Map<TokenKind, BinaryOperator> BINARY = binary();
    private static final Map<TokenKind, BinaryOperator> COMPOUND = compound();
    private static final Map<TokenKind, UnaryOperator> UNARY = unary();

    private Operators() {}

    /** What it is between two operands. */
    static Optional<BinaryOperator> binary(Token token) {
        return Optional.ofNullable(BINARY.get(token.kind()));
    }

    /** What an assignment like {@code +=} calculates; nothing for {@code =} too. */
    static Optional<BinaryOperator> compound(Token token) {
        return Optional.ofNullable(COMPOUND.get(token.kind()));
    }

    /** What it is before an operand. */
    static Optional<UnaryOperator> unary(Token token) {
        return Optional.ofNullable(UNARY.get(token.kind()));
    }

    static boolean isAssignment(Token token) {
        return token.is(TokenKind.ASSIGN) || COMPOUND.containsKey(token.kind());
    }

    private static Map<TokenKind, BinaryOperator> binary() {
        Map<TokenKind, BinaryOperator> all = new EnumMap<>(TokenKind.class);
        for (TokenKind kind : TokenKind.SYMBOLS) {
            for (BinaryOperator operator : BinaryOperator.values()) {
                if (operator.symbol().equals(kind.text())) {
                    all.put(kind, operator);
                }
            }
        }
        return all;
    }

    private static Map<TokenKind, BinaryOperator> compound() {
        Map<TokenKind, BinaryOperator> all = new EnumMap<>(TokenKind.class);
        for (TokenKind kind : TokenKind.SYMBOLS) {
            for (BinaryOperator operator : BinaryOperator.values()) {
                if (kind.text().equals(operator.symbol() + "=") && !operator.isComparison()) {
                    all.put(kind, operator);
                }
            }
        }
        return all;
    }

    private static Map<TokenKind, UnaryOperator> unary() {
        Map<TokenKind, UnaryOperator> all = new EnumMap<>(TokenKind.class);
        for (TokenKind kind : TokenKind.SYMBOLS) {
            for (UnaryOperator operator : UnaryOperator.values()) {
                if (operator.symbol().equals(kind.text())) {
                    all.put(kind, operator);
                }
            }
        }
        return all;
    }
}
