package dev.skep.trace.check;

import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.tree.Script.AttachPoint;

/**
 * One place where a program of a script runs.
 *
 * @param name fully expanded: {@code kprobe:do_nanosleep}
 * @param source what it was expanded from
 */
public record Attachment(String name, ProbeKind kind, ProbeTarget target, AttachPoint source) {}
