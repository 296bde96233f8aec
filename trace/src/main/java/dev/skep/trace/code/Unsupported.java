package dev.skep.trace.code;

import dev.skep.trace.source.Span;

/** What a script asks for cannot be expressed in a program. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Span span;

    /** Something at a place. */
    Unsupported(Span span) {
        this(span, "\"" + span.text() + "\" can not be compiled here");
    }

    Unsupported(Span span, String message) {
        super(message);
        this.span = span;
    }

    Span span() {
        return span;
    }
}
