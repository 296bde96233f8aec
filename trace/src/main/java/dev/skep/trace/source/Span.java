package dev.skep.trace.source;

/**
 * A stretch of a script's text.
 *
 * @param source the text it is in
 * @param start offset of its first character, from 0
 * @param end offset after its last character, at least {@code start}
 */
public record Span(SourceText source, int start, int end) {
    public Span {
        if (start < 0 || end < start || end > source.text().length()) {
            throw new IllegalArgumentException("characters " + start + " to " + end + " of "
                    + source.text().length());
        }
    }

    /** From where this starts to where {@code last}, of the same source, ends. */
    public Span to(Span last) {
        return new Span(source, start, Math.max(end, last.end));
    }

    /** What is written there. */
    public String text() {
        return source.text().substring(start, end);
    }

    /** The line it starts in, from 1. */
    public int line() {
        return source.line(start);
    }

    /** The column it starts in, from 1, in characters. */
    public int column() {
        return source.column(start);
    }

    /** As bpftrace names places: {@code name:line:first-last}, the columns from 1. A stretch of several lines: {@code name:first-last}. */
    @Override
    public String toString() {
        int lastLine = source.line(Math.max(start, end - 1));
        if (lastLine != line()) {
            return source.name() + ":" + line() + "-" + lastLine;
        }
        return source.name() + ":" + line() + ":" + column() + "-" + (column() + Math.max(1, end - start));
    }
}
