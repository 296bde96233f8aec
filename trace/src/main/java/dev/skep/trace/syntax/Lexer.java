package dev.skep.trace.syntax;

import dev.skep.trace.source.Diagnostic;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into tokens, from any place in it: where attach points and C stand, others read the characters, and the lexer
 * goes on after them.
 */
final class Lexer {
    private final SourceText source;
    private final String text;
    private Diagnostics diagnostics = new Diagnostics();
    private List<Span> comments = new ArrayList<>();

    Lexer(SourceText source) {
        this.source = source;
        this.text = source.text();
    }

    /**
     * A token and what was found on the way to it: that counts only where the token is wanted, not if others then read the
     * same characters.
     */
    record Lexed(Token token, List<Span> comments, List<Diagnostic> diagnostics) {}

    /** The first token at or after this place. */
    Lexed lex(int from) {
        diagnostics = new Diagnostics();
        comments = new ArrayList<>();
        Token token = tokenAt(from);
        return new Lexed(token, comments, diagnostics.all());
    }

    private Token tokenAt(int from) {
        int start = skipSpace(from);
        if (start == text.length()) {
            return token(TokenKind.END_OF_FILE, start, start);
        }
        char c = text.charAt(start);
        if (Characters.startsName(c)) {
            return token(TokenKind.IDENTIFIER, start, endOfName(start));
        }
        return switch (c) {
            case '"' -> new StringScanner(source, diagnostics).scan(start);
            case '@' -> named(TokenKind.MAP, start);
            case '$' -> dollar(start);
            case '#' -> token(TokenKind.DIRECTIVE, start, endOfDirective(start));
            default -> Characters.isDigit(c) ? integer(start) : symbol(start);
        };
    }

    private int skipSpace(int from) {
        int position = from;
        while (position < text.length()) {
            if (Characters.isSpace(text.charAt(position))) {
                position++;
            } else if (text.startsWith("//", position)) {
                position = comment(position, endOfLine(position));
            } else if (text.startsWith("/*", position)) {
                position = comment(position, endOfBlockComment(position));
            } else {
                break;
            }
        }
        return position;
    }

    /** The offset after the name that starts here. */
    int endOfName(int start) {
        int end = start;
        while (end < text.length() && Characters.continuesName(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The offset of the end of this line. */
    int endOfLine(int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    /** The offset of the end of the line of the preprocessor that starts here, with the lines and comments that continue it. */
    int endOfDirective(int start) {
        int end = endOfLine(start);
        int from = start;
        while (end < text.length()) {
            int comment = text.indexOf("/*", from);
            if (comment >= 0 && comment < end && !text.substring(from, comment).contains("//")) {
                int closing = text.indexOf("*/", comment + 2);
                from = closing < 0 ? text.length() : closing + 2;
            } else if (text.charAt(end - 1) == '\\') {
                from = end + 1;
            } else {
                return end;
            }
            end = endOfLine(Math.max(from, end));
            if (from > end) {
                end = endOfLine(from);
            }
        }
        return text.length();
    }

    private int endOfBlockComment(int start) {
        int end = text.indexOf("*/", start + 2);
        if (end < 0) {
            diagnostics.error(new Span(source, start, start + 2), "end of file during comment", "end it with */");
            return text.length();
        }
        return end + 2;
    }

    private int comment(int start, int end) {
        comments.add(new Span(source, start, end));
        return end;
    }

    private Token named(TokenKind kind, int start) {
        boolean hasName = start + 1 < text.length() && Characters.startsName(text.charAt(start + 1));
        int end = hasName ? endOfName(start + 1) : start + 1;
        return new Token(kind, new Span(source, start, end), text.substring(start + 1, end), 0);
    }

    private Token dollar(int start) {
        char next = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
        if (next == '#') {
            return token(TokenKind.PARAMETER_COUNT, start, start + 2);
        }
        if (Characters.startsName(next)) {
            return named(TokenKind.VARIABLE, start);
        }
        int end = start + 1;
        while (end < text.length() && Characters.isDigit(text.charAt(end))) {
            end++;
        }
        return end > start + 1 ? token(TokenKind.PARAMETER, start, end) : invalid(start);
    }

    private Token integer(int start) {
        IntegerScanner.Scanned scanned = IntegerScanner.scan(text, start);
        Span span = new Span(source, start, scanned.end());
        scanned.error().ifPresent(error -> diagnostics.error(span, error));
        return new Token(TokenKind.INTEGER, span, span.text(), scanned.value());
    }

    private Token symbol(int start) {
        for (TokenKind kind : TokenKind.SYMBOLS) {
            if (text.startsWith(kind.text(), start)) {
                return token(kind, start, start + kind.text().length());
            }
        }
        return invalid(start);
    }

    private Token invalid(int start) {
        int end = start + Character.charCount(text.codePointAt(start));
        Span span = new Span(source, start, end);
        diagnostics.error(span, "invalid character '" + span.text() + "'");
        return token(TokenKind.INVALID, start, end);
    }

    private Token token(TokenKind kind, int start, int end) {
        return new Token(kind, new Span(source, start, end), text.substring(start, end), 0);
    }
}
