package dev.skep.trace.syntax;

import dev.skep.trace.source.Span;
import java.nio.charset.StandardCharsets;

/**
 * A token.
 *
 * @param text what it stands for: of strings without quotation marks, escapes replaced by bytes; of variables and maps without
 *     their sign; of others as written
 * @param value of integers, else 0
 */
record Token(TokenKind kind, Span span, String text, long value) {
    /** What a text in quotation marks says, its bytes read as UTF-8. */
    String utf8() {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    boolean is(TokenKind wanted) {
        return kind == wanted;
    }

    /** True for the identifier that is written this way. */
    boolean isWord(String word) {
        return kind == TokenKind.IDENTIFIER && text.equals(word);
    }

    /** As errors show it. */
    String shown() {
        return kind == TokenKind.IDENTIFIER && Keyword.isReserved(text) ? text : kind.shown();
    }

    /** True if nothing stands between this and the next. */
    boolean touches(Token next) {
        return span.end() == next.span().start();
    }
}
