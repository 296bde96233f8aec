package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Says that there is no such place to attach to, as {@code missing_probes} wants it: the script may do without. */
final class MissingProbes {
    private static final String ADVICE =
            "A script that can do without says so: config = { missing_probes = \"warn\" }, or BPFTRACE_MISSING_PROBES=warn";

    private final Settings settings;
    private final Diagnostics diagnostics;

    MissingProbes(Settings settings, Diagnostics diagnostics) {
        this.settings = settings;
        this.diagnostics = diagnostics;
    }

    void report(Span span, String message, String... hints) {
        switch (settings.missingProbes()) {
            case "ignore" -> {}
            case "warn" -> diagnostics.warning(span, message, hints);
            default -> {
                List<String> all = new ArrayList<>(List.of(hints));
                all.add(ADVICE);
                diagnostics.error(span, message, all.toArray(String[]::new));
            }
        }
    }
}
