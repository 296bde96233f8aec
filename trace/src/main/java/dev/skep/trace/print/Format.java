package dev.skep.trace.print;

import dev.skep.trace.plan.Action;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A format of printf(3) with the arguments it is for, read once so that each event takes little: bpftrace's conversions {@code %r},
 * {@code %rx}, {@code %rh} and {@code %gr} included. An argument that its conversion is not made for is shown as {@code print} does.
 */
public final class Format {
    private final List<Piece> pieces;

    /** A part of the format. */
    interface Piece {
        /** Appends its text. @param at where the event starts */
        void append(MemorySegment memory, long at, TextBuffer out);
    }

    private Format(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** Reads a format. */
    public static Format of(Action.Formatted formatted, Decoder decoder) {
        List<Piece> pieces = new ArrayList<>();
        Iterator<Action.Argument> arguments = formatted.arguments().iterator();
        String format = formatted.format();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char each = format.charAt(at);
            if (each != '%') {
                plain.append(each);
                at++;
            } else if (format.startsWith("%%", at)) {
                plain.append('%');
                at += 2;
            } else {
                Directive directive = Directive.at(format, at);
                if (directive.conversion() == Directive.UNKNOWN || !arguments.hasNext()) {
                    plain.append(format, at, directive.end());
                } else {
                    flush(plain, pieces);
                    pieces.add(Conversions.of(directive, arguments.next(), decoder));
                }
                at = directive.end();
            }
        }
        flush(plain, pieces);
        return new Format(pieces);
    }

    private static void flush(StringBuilder plain, List<Piece> pieces) {
        if (!plain.isEmpty()) {
            byte[] bytes = plain.toString().getBytes(StandardCharsets.ISO_8859_1); // a character for each byte
            pieces.add((_, _, out) -> out.append(bytes));
            plain.setLength(0);
        }
    }

    /** Appends the text of an event. @param at where the event starts in {@code memory} */
    public void append(MemorySegment memory, long at, TextBuffer out) {
        for (int i = 0; i < pieces.size(); i++) {
            pieces.get(i).append(memory, at, out);
        }
    }
}
