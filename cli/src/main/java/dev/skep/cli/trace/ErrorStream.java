package dev.skep.cli.trace;

import dev.skep.object.host.Errno;
import dev.skep.trace.run.Complaints;
import dev.skep.trace.source.Diagnostic;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import java.io.PrintWriter;
import java.util.List;

/** Warnings and errors, as bpftrace words them, on standard error. */
final class ErrorStream implements Complaints {
    private final PrintWriter err;
    private final boolean warnings;

    /** @param warnings whether warnings are shown */
    ErrorStream(PrintWriter err, boolean warnings) {
        this.err = err;
        this.warnings = warnings;
    }

    /** What was found in a script. */
    void show(Diagnostics diagnostics) {
        for (Diagnostic diagnostic : diagnostics.all()) {
            if (warnings || diagnostic.severity() == Diagnostic.Severity.ERROR) {
                err.print(diagnostic.render());
            }
        }
        err.flush();
    }

    @Override
    public void warn(String message) {
        if (warnings) {
            err.println("WARNING: " + message);
            err.flush();
        }
    }

    @Override
    public void error(String message) {
        err.println("ERROR: " + message);
        err.flush();
    }

    @Override
    public void at(Span place, boolean error, String message) {
        Diagnostic.Severity severity = error ? Diagnostic.Severity.ERROR : Diagnostic.Severity.WARNING;
        if (warnings || error) {
            err.println(place + ": " + severity + ": " + message);
            err.flush();
        }
    }

    @Override
    public void helperFailed(Span place, String helper, int errno) {
        String words = Errno.of(errno).map(Errno::meaning).orElse("unknown error");
        String meaning = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        String message = "Failed to " + helper + ": " + meaning + " (-" + errno + ")";
        err.print(new Diagnostic(Diagnostic.Severity.WARNING, place, message, List.of()).render());
        err.flush();
    }
}
