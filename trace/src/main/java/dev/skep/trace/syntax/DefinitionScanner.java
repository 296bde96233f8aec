package dev.skep.trace.syntax;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;

/** Finds where a definition in C ends, without knowing what it says. */
final class DefinitionScanner {
    private final SourceText source;
    private final Diagnostics diagnostics;
    private final Lexer lexer;

    DefinitionScanner(SourceText source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
        this.lexer = new Lexer(source);
    }

    /**
     * The definition that starts here: up to its semicolon, or up to its closing brace where the semicolon has been left out.
     *
     * @throws SyntaxError if it has no end
     */
    Span definition(int start) {
        boolean isTypedef = lexer.lex(start).token().isWord("typedef");
        int depth = 0;
        Token token = lexer.lex(start).token();
        while (!token.is(TokenKind.END_OF_FILE)) {
            int end = token.span().end();
            if (token.is(TokenKind.LEFT_BRACE)) {
                depth++;
            } else if (token.is(TokenKind.RIGHT_BRACE)) {
                depth--;
                if (depth <= 0 && !isTypedef) {
                    return new Span(source, start, endAfterBrace(end));
                }
            } else if (token.is(TokenKind.SEMICOLON) && depth == 0) {
                return new Span(source, start, end);
            }
            token = lexer.lex(end).token();
        }
        diagnostics.error(
                token.span(),
                "syntax error, unexpected end of file, expecting }",
                "the definition at " + source.line(start) + ":" + source.column(start) + " is not closed");
        throw new SyntaxError();
    }

    /** After attributes and a semicolon, if there are any. */
    private int endAfterBrace(int brace) {
        Token token = lexer.lex(brace).token();
        if (token.is(TokenKind.SEMICOLON)) {
            return token.span().end();
        }
        if (!token.isWord("__attribute__")) {
            return brace;
        }
        int depth = 0;
        int end = brace;
        do {
            end = token.span().end();
            token = lexer.lex(end).token();
            if (token.is(TokenKind.LEFT_PARENTHESIS)) {
                depth++;
            } else if (token.is(TokenKind.RIGHT_PARENTHESIS)) {
                depth--;
            }
        } while (depth > 0 && !token.is(TokenKind.END_OF_FILE));
        return endAfterBrace(token.span().end());
    }
}
