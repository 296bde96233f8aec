package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;

/** Says that there is no such place to attach to, as {@code missing_probes} wants it: the script may do without. */
final class MissingProbes {
    private final Settings settings;
    private final Diagnostics diagnostics;

    MissingProbes(Settings settings, Diagnostics diagnostics) {
        this.settings = settings;
        this.diagnostics = diagnostics;
    }

    /** An attach point that names one place, which is not there. @param place without the kind of probe */
    void report(AttachText point, ProbeKind kind, String place, String... hints) {
        String message = "No matches for " + kind.text() + " " + place + ".";
        switch (settings.missingProbes()) {
            case "ignore" -> {}
            case "warn" -> diagnostics.warning(point.span(), message + " Skipping.", hints);
            default -> diagnostics.error(point.span(), message, hints);
        }
    }

    /** A probe none of whose attach points are anywhere. */
    void reportWhole(Span span) {
        switch (settings.missingProbes()) {
            case "ignore" -> {}
            case "warn" ->
                diagnostics.warning(
                        span,
                        "Probe has no valid attach points. It is being removed which may cause issues with program behavior.");
            default ->
                diagnostics.error(
                        span,
                        "Probe has no valid attach points. If this is expected, set the 'missing_probes' config variable to 'warn'.");
        }
    }
}
