package dev.skep.trace.syntax;

import dev.skep.trace.cdefinition.CType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a declaration of C says about one name: {@code *name[4]}, {@code (*name)(int)}.
 *
 * @param name where it is written; the closing token where there is none
 * @param shape from the type that stands before to the type of the name
 */
record CDeclarator(String name, Token place, UnaryOperator<CType> shape) {
    private static final int DEEPEST = 32;

    /** The declarator that starts here, with a name or without. */
    static CDeclarator parse(CTokens tokens, CConstantExpression constants) {
        return parse(tokens, constants, 0);
    }

    CType applied(CType base) {
        return shape.apply(base);
    }

    private static CDeclarator parse(CTokens tokens, CConstantExpression constants, int depth) {
        if (depth > DEEPEST) {
            throw tokens.error(tokens.peek().span(), "nested too deeply");
        }
        int stars = 0;
        new CAttributes(tokens, constants).take();
        while (tokens.take(TokenKind.STAR)) {
            stars++;
            new CAttributes(tokens, constants).take();
        }
        CDeclarator inner = direct(tokens, constants, depth);
        UnaryOperator<CType> suffixes = suffixes(tokens, constants);
        int pointers = stars;
        return new CDeclarator(inner.name, inner.place, base -> {
            CType type = base;
            for (int i = 0; i < pointers; i++) {
                type = new CType.Pointer(type);
            }
            return inner.applied(suffixes.apply(type));
        });
    }

    private static CDeclarator direct(CTokens tokens, CConstantExpression constants, int depth) {
        Token token = tokens.peek();
        if (token.is(TokenKind.IDENTIFIER)) {
            tokens.next();
            return new CDeclarator(token.text(), token, UnaryOperator.identity());
        }
        TokenKind following = tokens.peek(1).kind();
        if (token.is(TokenKind.LEFT_PARENTHESIS)
                && (following == TokenKind.STAR || following == TokenKind.LEFT_PARENTHESIS)) {
            tokens.next();
            CDeclarator inner = parse(tokens, constants, depth + 1);
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
            return inner;
        }
        return new CDeclarator("", token, UnaryOperator.identity());
    }

    private static UnaryOperator<CType> suffixes(CTokens tokens, CConstantExpression constants) {
        List<UnaryOperator<CType>> all = new ArrayList<>();
        while (tokens.at(TokenKind.LEFT_BRACKET) || tokens.at(TokenKind.LEFT_PARENTHESIS)) {
            if (tokens.at(TokenKind.LEFT_PARENTHESIS)) {
                tokens.skipBalanced();
                all.add(result -> new CType.Function());
            } else {
                long length = length(tokens, constants);
                all.add(element -> new CType.Array(element, length));
            }
            if (all.size() > DEEPEST) {
                throw tokens.error(tokens.peek().span(), "too many dimensions");
            }
        }
        return base -> {
            CType type = base;
            for (UnaryOperator<CType> one : all.reversed()) {
                type = one.apply(type);
            }
            return type;
        };
    }

    private static long length(CTokens tokens, CConstantExpression constants) {
        Token open = tokens.next();
        long length = tokens.at(TokenKind.RIGHT_BRACKET) ? 0 : constants.value();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw tokens.error(open.span(), "an array cannot have " + length + " elements");
        }
        tokens.expect(TokenKind.RIGHT_BRACKET);
        return length;
    }
}
