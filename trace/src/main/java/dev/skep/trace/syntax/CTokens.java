package dev.skep.trace.syntax;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import java.util.List;

/** A list of tokens of C that is read from front to back. */
final class CTokens implements Tokens {
    private final List<Token> tokens;
    private final Token end;
    private final Diagnostics diagnostics;
    private int position;

    /** @param end where the end is, for what is said about it */
    CTokens(List<Token> tokens, Span end, Diagnostics diagnostics) {
        this.tokens = List.copyOf(tokens);
        this.end = new Token(TokenKind.END_OF_FILE, end, "", 0);
        this.diagnostics = diagnostics;
    }

    @Override
    public Token peek(int distance) {
        return position + distance < tokens.size() ? tokens.get(position + distance) : end;
    }

    @Override
    public Token next() {
        Token token = peek();
        position = Math.min(position + 1, tokens.size());
        return token;
    }

    boolean atEnd() {
        return position == tokens.size();
    }

    Token expect(TokenKind kind) {
        if (at(kind)) {
            return next();
        }
        throw error(peek().span(), "syntax error in C, unexpected " + peek().shown() + ", expecting " + kind.shown());
    }

    SyntaxError error(Span span, String message, String... hints) {
        diagnostics.error(span, message, hints);
        return new SyntaxError();
    }

    /** Skips from an opening to its closing parenthesis, brace or bracket. */
    void skipBalanced() {
        int depth = 0;
        do {
            TokenKind kind = next().kind();
            if (kind == TokenKind.LEFT_PARENTHESIS || kind == TokenKind.LEFT_BRACE || kind == TokenKind.LEFT_BRACKET) {
                depth++;
            } else if (kind == TokenKind.RIGHT_PARENTHESIS
                    || kind == TokenKind.RIGHT_BRACE
                    || kind == TokenKind.RIGHT_BRACKET) {
                depth--;
            }
        } while (depth > 0 && !atEnd());
    }
}
