package dev.skep.trace.syntax;

/** Tokens that are read from front to back, with any number of them looked at ahead. */
interface Tokens {
    /** A token ahead. @param distance 0 for the next */
    Token peek(int distance);

    /** Takes a token. At the end that is always the end again. */
    Token next();

    /** The token that {@link #next()} gives. */
    default Token peek() {
        return peek(0);
    }

    default boolean at(TokenKind kind) {
        return peek().is(kind);
    }

    default boolean atWord(String word) {
        return peek().isWord(word);
    }

    /** Takes the next token if it is of this kind. */
    default boolean take(TokenKind kind) {
        if (at(kind)) {
            next();
            return true;
        }
        return false;
    }

    /** Takes the next token if it is this word. */
    default boolean takeWord(String word) {
        if (atWord(word)) {
            next();
            return true;
        }
        return false;
    }
}
