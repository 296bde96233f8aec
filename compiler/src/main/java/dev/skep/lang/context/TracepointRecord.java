package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.Unsigned;

/**
 * The record that a tracepoint writes, as its {@code format} file in tracefs says: this is the part that all have in common. Declare
 * a subclass with the fields that follow ({@code class OpenAt extends TracepointRecord}) as the type of the program's parameter.
 */
@KernelName("trace_entry")
public abstract class TracepointRecord extends Context {
    /** The tracepoint's number. */
    @Unsigned
    public short common_type;

    /** Whether interrupts were off, and more. */
    @Unsigned
    public byte common_flags;

    /** How deep preemption was disabled. */
    @Unsigned
    public byte common_preempt_count;

    /** The thread. */
    public int common_pid;
}
