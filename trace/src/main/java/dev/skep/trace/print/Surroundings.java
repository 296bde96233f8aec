package dev.skep.trace.print;

import dev.skep.trace.system.Machine;
import dev.skep.trace.type.TraceType;

/** What is asked to show values that stand for something outside the script. */
public interface Surroundings {
    /** Names of addresses. */
    Symbols symbols();

    /** Users and control groups. */
    Machine machine();

    /**
     * The addresses of a call stack, the innermost first; none if it is gone. Where the map keeps build IDs, the 64-bit words of its frames.
     *
     * @param map as in {@link TraceType.Stack}
     */
    long[] frames(String map, int slot);

    /** The time in nanoseconds since 1970 that a clock's time is. */
    long wallClock(TraceType.Clock clock, long nanoseconds);
}
