package dev.skep.trace.system;

/**
 * The machine that a script is for. What is expensive to find out is found out when it is first asked for, and kept.
 */
public interface TraceSystem {
    /** The types of its kernel. */
    KernelTypes types();

    /** The functions of its kernel. */
    KernelFunctions functions();

    /** The tracepoints of its kernel. */
    Tracepoints tracepoints();

    /** Its programs and libraries. */
    Binaries binaries();

    /** Its processors, users and control groups. */
    Machine machine();
}
