package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;

/** Passes on what is found once types are settled: while they are not, much looks wrong that is not. */
final class Report {
    private final Diagnostics diagnostics;
    private boolean settled;

    Report(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** From here on what is found counts. */
    void settle() {
        settled = true;
    }

    /** Whether what is found counts. */
    boolean isSettled() {
        return settled;
    }

    void error(Span span, String message, String... hints) {
        if (settled) {
            diagnostics.error(span, message, hints);
        }
    }

    void warning(Span span, String message, String... hints) {
        if (settled) {
            diagnostics.warning(span, message, hints);
        }
    }
}
