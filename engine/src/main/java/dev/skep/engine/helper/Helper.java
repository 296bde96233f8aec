package dev.skep.engine.helper;

import dev.skep.engine.Execution;

/**
 * A BPF helper function: takes the five argument registers, returns r0. Called for every helper call a program makes, so it
 * does not allocate.
 */
@FunctionalInterface
public interface Helper {
    /** @return the new r0 */
    long call(Execution run, long r1, long r2, long r3, long r4, long r5);
}
