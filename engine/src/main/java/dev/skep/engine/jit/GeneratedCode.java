package dev.skep.engine.jit;

import dev.skep.engine.interpreter.LogicalCpu;

/** What generated classes are: some of a program's functions, and parts of functions that are too large for one method. */
abstract class GeneratedCode {
    /** Runs a function of this class from its start. @param frame r10 @return r0 */
    abstract long call(int function, LogicalCpu cpu, long r1, long r2, long r3, long r4, long r5, long frame);

    /** Runs a part of a function of this class. @param state see {@link SplitState} @return the place to go on at */
    abstract int step(int part, int entry, LogicalCpu cpu, long[] state);
}
