package dev.skep.object.attach;

/**
 * A place where a program can be attached: what a user or a section's name says, before any host has looked for it. Hosts turn
 * one into a live {@link dev.skep.object.host.Link}.
 */
public sealed interface AttachPoint permits NetworkPoint, ProbePoint {
    /** In words, for messages and listings: {@code XDP on eth0}. */
    String describe();
}
