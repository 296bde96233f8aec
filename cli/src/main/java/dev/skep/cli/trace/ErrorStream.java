package dev.skep.cli.trace;

import dev.skep.object.host.Errno;
import dev.skep.trace.plan.Action;
import dev.skep.trace.run.Complaints;
import dev.skep.trace.source.Diagnostic;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

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
    public void note(String message) {
        err.println(message);
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
    public void at(Span place, Action.Complaint kind, String message) {
        boolean isError = kind == Action.Complaint.ERROR;
        if (!warnings && !isError) {
            return;
        }
        if (kind == Action.Complaint.FAILURE) {
            err.print(new Diagnostic(Diagnostic.Severity.WARNING, place, message, List.of()).render());
        } else {
            Diagnostic.Severity severity = isError ? Diagnostic.Severity.ERROR : Diagnostic.Severity.WARNING;
            err.print(place + ": " + severity + ": " + message + (message.endsWith("\n") ? "" : "\n"));
        }
        err.flush();
    }

    @Override
    public void helperFailed(Span place, String helper, int errno, long times) {
        if (warnings) {
            String message = reason(helper, errno) + "\nAdditional Info - helper: " + helper + ", retcode: " + -errno
                    + (times == 1 ? "" : ", " + times + " times");
            err.print(new Diagnostic(Diagnostic.Severity.WARNING, place, message, List.of()).render());
            err.flush();
        }
    }

    private static String reason(String helper, int errno) {
        Optional<Errno> known = Errno.of(errno);
        if (helper.equals("map_update_elem") && known.equals(Optional.of(Errno.E2BIG))) {
            return "Map full; can't update element. Try increasing max_map_keys config or manually setting the max entries in a "
                    + "map declaration e.g. `let @a = hash(5000)`";
        }
        if (helper.equals("map_delete_elem") && known.equals(Optional.of(Errno.ENOENT))) {
            return "Can't delete map element because it does not exist.";
        }
        if (helper.equals("map_lookup_elem")) {
            return "Can't lookup map element because it does not exist.";
        }
        String words = known.map(Errno::meaning).orElse("unknown error");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
