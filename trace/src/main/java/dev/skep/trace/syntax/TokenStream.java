package dev.skep.trace.syntax;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The tokens of a script, one after the other, with any number of them looked at ahead. */
final class TokenStream implements Tokens {
    private final SourceText source;
    private final Lexer lexer;
    private final Diagnostics diagnostics;
    private final TreeMap<Integer, Span> comments = new TreeMap<>();
    private final List<Lexer.Lexed> ahead = new ArrayList<>();
    private Token previous;
    private int position;
    private int nesting;
    private boolean endReported;

    TokenStream(SourceText source, Diagnostics diagnostics) {
        this.source = source;
        this.lexer = new Lexer(source);
        this.diagnostics = diagnostics;
        this.previous = new Token(TokenKind.INVALID, new Span(source, 0, 0), "", 0);
    }

    SourceText source() {
        return source;
    }

    Lexer lexer() {
        return lexer;
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    /** The comments passed so far, in the order of the text. */
    List<Span> comments() {
        return List.copyOf(comments.values());
    }

    @Override
    public Token peek(int distance) {
        while (ahead.size() <= distance) {
            int from =
                    ahead.isEmpty() ? position : ahead.getLast().token().span().end();
            ahead.add(lexer.lex(from));
        }
        return ahead.get(distance).token();
    }

    @Override
    public Token next() {
        peek();
        Lexer.Lexed lexed = ahead.removeFirst();
        diagnostics.addAll(lexed.diagnostics());
        keep(lexed.comments());
        position = lexed.token().span().end();
        previous = lexed.token();
        return previous;
    }

    /** The token taken last. */
    Token previous() {
        return previous;
    }

    /** The offset after the token taken last. */
    int position() {
        return position;
    }

    /** From {@code start} to the end of the token taken last. */
    Span since(Span start) {
        return new Span(source, start.start(), Math.max(start.end(), position));
    }

    /** Goes on after characters that others have read. @param offset of the next character */
    void seek(int offset) {
        if (!ahead.isEmpty()) {
            List<Span> passed = ahead.getFirst().comments();
            keep(passed.stream().filter(comment -> comment.start() < offset).toList());
        }
        ahead.clear();
        position = offset;
    }

    /** Adds comments that others have read. */
    void keep(List<Span> read) {
        read.forEach(comment -> comments.put(comment.start(), comment));
    }

    /** Takes the next token, which must be of this kind. @throws SyntaxError else, having said so */
    Token expect(TokenKind kind) {
        if (at(kind)) {
            return next();
        }
        throw unexpected(kind.shown());
    }

    /** Says that the next token should not be here. @param expected what could be, as it is shown @param hints what to do */
    SyntaxError unexpected(String expected, String... hints) {
        Token token = peek();
        diagnostics.addAll(ahead.getFirst().diagnostics());
        if (token.is(TokenKind.END_OF_FILE) && endReported) {
            return new SyntaxError();
        }
        endReported |= token.is(TokenKind.END_OF_FILE);
        String instead = expected.isEmpty() ? "" : ", expecting " + expected;
        diagnostics.error(token.span(), "syntax error, unexpected " + token.shown() + instead, hints);
        return new SyntaxError();
    }

    /** Goes one level deeper. Each call is followed by {@link #leave()}. @throws SyntaxError if that is too deep */
    void enter() {
        if (nesting == Parser.DEEPEST_NESTING) {
            diagnostics.error(
                    peek().span(),
                    "nested too deeply, at most " + Parser.DEEPEST_NESTING + " levels are allowed",
                    "give parts of it a name with let");
            throw new SyntaxError();
        }
        nesting++;
    }

    void leave() {
        nesting--;
    }
}
