package dev.skep.trace.check;

import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.tree.Script.AttachPoint;
import java.util.List;

/**
 * Where a program of a script runs: one place, or functions that it is attached to together.
 *
 * @param name fully expanded: {@code kprobe:do_nanosleep}; of several functions as the script names them: {@code kprobe:vfs_*}
 * @param source what it was expanded from
 */
public record Attachment(String name, ProbeKind kind, ProbeTarget target, AttachPoint source) {
    /** The places by their full names, several if it is attached to several functions. */
    public List<String> names() {
        return PlannedProbe.names(name, target);
    }
}
