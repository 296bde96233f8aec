package dev.skep.trace.print;

import dev.skep.object.Bytes;

/** The bytes of {@code buf()} as text. */
final class BufferText {
    private BufferText() {}

    /** How. */
    enum Style {
        /** What can be printed as it is, all else as {@code \x0a}. */
        READABLE,
        /** Every byte as {@code \x0a}. */
        ESCAPED,
        /** Every byte as {@code 0a}, with spaces between. */
        SPACED
    }

    static void append(Bytes content, Style style, TextBuffer out) {
        for (int i = 0; i < content.length(); i++) {
            int each = content.at(i) & 0xff;
            if (style == Style.READABLE && each >= ' ' && each <= '~') {
                out.append((char) each);
                continue;
            }
            if (style != Style.SPACED) {
                out.append("\\x");
            } else if (i > 0) {
                out.append(' ');
            }
            out.append(Character.forDigit(each >> 4, 16)).append(Character.forDigit(each & 0xf, 16));
        }
    }
}
