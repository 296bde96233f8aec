package dev.skep.trace.plan;

import java.util.List;

/**
 * A program and where it is attached.
 *
 * @param name fully expanded: {@code kprobe:do_nanosleep}; of several functions as the script names them: {@code kprobe:vfs_*}
 * @param program the name of the function in the object; several probes may share one. Programs of targets that the tracer sees itself
 *     ({@code begin}, {@code end}, signals, tests) are raw tracepoints' and are run by the host, not attached
 */
public record PlannedProbe(String name, String program, ProbeTarget target) {
    /** The places by their full names: several if the program is attached to several functions together. */
    public List<String> names() {
        return names(name, target);
    }

    /** The names of what has a target. @param name as {@link #name()} */
    public static List<String> names(String name, ProbeTarget target) {
        String prefix = name.substring(0, name.lastIndexOf(':') + 1);
        return switch (target) {
            case ProbeTarget.Kprobe kprobe
            when kprobe.functions().size() > 1 ->
                kprobe.functions().stream().map(prefix::concat).toList();
            case ProbeTarget.Uprobe uprobe
            when uprobe.symbols().size() > 1 ->
                uprobe.symbols().stream().map(prefix::concat).toList();
            default -> List.of(name);
        };
    }
}
