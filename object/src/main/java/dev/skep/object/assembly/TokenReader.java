package dev.skep.object.assembly;

import java.util.List;

/** Reads the tokens of one line from left to right. */
final class TokenReader {
    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The next token, which stays. */
    Token peek() {
        return tokens.get(at);
    }

    /** The token after the next; the END if there is none. */
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** Takes the next token. The END can be taken any number of times. */
    Token take() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    /** Takes the next token if it is {@code text}. */
    boolean accept(String text) {
        if (peek().is(text)) {
            take();
            return true;
        }
        return false;
    }

    /** Takes the next token, which must be {@code text}. */
    Token expect(String text) throws Mistake {
        if (!peek().is(text)) {
            throw expected("'" + text + "'");
        }
        return take();
    }

    void expectEnd() throws Mistake {
        if (peek().kind() != Token.Kind.END) {
            throw new Mistake(
                    peek(), "the instruction ends before " + peek().described(), "remove the rest of the line");
        }
    }

    /** The mistake of finding something other than {@code what} here. */
    Mistake expected(String what) {
        return new Mistake(peek(), "expected " + what + ", found " + peek().described(), "");
    }
}
