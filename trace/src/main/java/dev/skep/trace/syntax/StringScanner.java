package dev.skep.trace.syntax;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import java.nio.charset.StandardCharsets;

/** Reads a text in quotation marks. What it stands for is bytes, each a character from 0 to 255. */
final class StringScanner {
    private static final int LONGEST_OCTAL = 3;
    private static final int LONGEST_HEX = 2;
    private static final int BYTE = 0xff;

    private final SourceText source;
    private final String text;
    private final Diagnostics diagnostics;
    private final StringBuilder bytes = new StringBuilder();
    private int position;

    StringScanner(SourceText source, Diagnostics diagnostics) {
        this.source = source;
        this.text = source.text();
        this.diagnostics = diagnostics;
    }

    /** The text that starts here. @param start offset of the quotation mark */
    Token scan(int start) {
        bytes.setLength(0);
        position = start + 1;
        while (position < text.length() && text.charAt(position) != '"' && text.charAt(position) != '\n') {
            if (text.charAt(position) == '\\') {
                escape();
            } else {
                plain();
            }
        }
        if (position < text.length() && text.charAt(position) == '"') {
            position++;
        } else {
            int contents = Math.min(start + 1, position - 1);
            diagnostics.error(
                    new Span(source, Math.max(start, contents), position),
                    "unterminated string",
                    "end it with \" on the same line; a newline within is written \\n");
        }
        return new Token(TokenKind.STRING, new Span(source, start, position), bytes.toString(), 0);
    }

    private void plain() {
        int character = text.codePointAt(position);
        int length = Character.charCount(character);
        for (byte one : text.substring(position, position + length).getBytes(StandardCharsets.UTF_8)) {
            bytes.append((char) (one & BYTE));
        }
        position += length;
    }

    private void escape() {
        int start = position;
        position++;
        if (position == text.length()) {
            return;
        }
        char c = text.charAt(position);
        if (Characters.isOctalDigit(c)) {
            bytes.append((char) (number(8, LONGEST_OCTAL) & BYTE));
            return;
        }
        position++;
        switch (c) {
            case 'n' -> bytes.append('\n');
            case 't' -> bytes.append('\t');
            case 'r' -> bytes.append('\r');
            case '"', '\\' -> bytes.append(c);
            case 'x' -> hex(start);
            case '\n' -> {} // a line that is continued
            default -> invalid(start);
        }
    }

    private void hex(int start) {
        if (position < text.length() && Characters.isHexDigit(text.charAt(position))) {
            bytes.append((char) number(16, LONGEST_HEX));
        } else {
            invalid(start);
        }
    }

    private void invalid(int start) {
        Span span = new Span(source, start, position);
        diagnostics.error(
                span,
                "invalid escape character '" + span.text() + "'",
                "known are \\n \\t \\r \\\\ \\\" \\NNN (octal) and \\xNN (hexadecimal)");
    }

    private int number(int base, int longest) {
        int end = position;
        while (end < text.length() && end - position < longest && Character.digit(text.charAt(end), base) >= 0) {
            end++;
        }
        int value = Integer.parseInt(text.substring(position, end), base);
        position = end;
        return value;
    }
}
