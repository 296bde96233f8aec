package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.Diagnostics;
import java.util.Optional;

/** Says that there is no such place to attach to, as {@code missing_probes} wants it: the script may do without. */
final class MissingProbes {
    private final Settings settings;
    private final Diagnostics diagnostics;

    MissingProbes(Settings settings, Diagnostics diagnostics) {
        this.settings = settings;
        this.diagnostics = diagnostics;
    }

    /** @param point the whole of what is not there, as the script names it */
    void report(AttachText point, ProbeKind kind, String... hints) {
        report(point, kind, Optional.empty(), hints);
    }

    /** @param reason what exactly is not there; of tracepoints it is never more than a warning, since kernels differ in them */
    void report(AttachText point, ProbeKind kind, Optional<String> reason, String... hints) {
        boolean fatal = settings.missingProbes().equals("error");
        if (settings.missingProbes().equals("ignore")) {
            return;
        }
        if (fatal && kind != ProbeKind.TRACEPOINT) {
            reason.ifPresent(message -> diagnostics.error(point.span(), message));
        } else {
            reason.ifPresent(message -> diagnostics.warning(point.span(), message));
        }
        String name = kind.text() + ":"
                + String.join(":", point.parts().subList(1, point.parts().size()));
        String message = "Unable to attach probe: " + name + ".";
        if (fatal) {
            diagnostics.error(
                    point.span(),
                    message + " If this is expected, set the 'missing_probes' config variable to 'warn'.",
                    hints);
        } else {
            diagnostics.warning(point.span(), message + " Skipping.", hints);
        }
    }
}
