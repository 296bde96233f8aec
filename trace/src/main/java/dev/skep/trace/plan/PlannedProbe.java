package dev.skep.trace.plan;

/**
 * A program and where it is attached.
 *
 * @param name fully expanded: {@code kprobe:do_nanosleep}
 * @param program the name of the function in the object; several probes may share one
 */
public record PlannedProbe(String name, String program, ProbeTarget target) {}
