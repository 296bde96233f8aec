package dev.skep.trace.plan;

/**
 * A program and where it is attached.
 *
 * @param name fully expanded: {@code kprobe:do_nanosleep}
 * @param program the name of the function in the object; several probes may share one. Programs of targets that the tracer sees itself
 *     ({@code begin}, {@code end}, signals, tests) are raw tracepoints' and are run by the host, not attached
 */
public record PlannedProbe(String name, String program, ProbeTarget target) {}
