package dev.skep.trace.check;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Script.AttachPoint;
import java.util.List;

/** An attach point with the arguments of the command line in their places. @param parts the provider first */
record AttachText(AttachPoint source, List<String> parts) {
    /** @param arguments what {@code $1} and so on stand for */
    static AttachText of(AttachPoint source, List<String> arguments) {
        return new AttachText(source, source.texts(arguments));
    }

    Span span() {
        return source.span();
    }

    String provider() {
        return parts.getFirst();
    }
}
