package dev.skep.trace.source;

import java.util.List;

/**
 * Something said about a place in a script.
 *
 * @param message what is wrong, without a full stop
 * @param hints what to do, or what else helps to understand it; none is fine
 */
public record Diagnostic(Severity severity, Span span, String message, List<String> hints) {
    private static final int LONGEST_LINE = 1000;

    public Diagnostic {
        hints = List.copyOf(hints);
    }

    /** How bad it is. */
    public enum Severity {
        /** The script cannot be run. */
        ERROR,
        /** The script can be run, and may do something else than expected. */
        WARNING
    }

    /**
     * As bpftrace shows it, each line ended by a newline: place, severity and message; the line of the script with its tabs as
     * four spaces; a mark under the place; a line per hint. Of a place of several lines, none of them is shown, nor one of more than 1000 characters.
     */
    public String render() {
        StringBuilder out = new StringBuilder();
        out.append(span)
                .append(": ")
                .append(severity)
                .append(": ")
                .append(message)
                .append('\n');
        SourceText source = span.source();
        int last = Math.max(span.start(), span.end() - 1);
        boolean isShown =
                source.line(last) == span.line() && source.lineText(span.line()).length() <= LONGEST_LINE;
        if (isShown) {
            String line = source.lineText(span.line());
            int before = Math.min(span.column() - 1, line.length());
            int after = Math.min(before + Math.max(1, span.end() - span.start()), line.length());
            out.append(widen(line)).append('\n');
            out.append(" ".repeat(widen(line.substring(0, before)).length()));
            out.append("~"
                    .repeat(Math.max(1, widen(line.substring(before, after)).length())));
            out.append('\n');
        }
        hints.forEach(hint -> out.append("HINT: ").append(hint).append('\n'));
        return out.toString();
    }

    private static String widen(String text) {
        return text.replace("\t", "    ");
    }
}
