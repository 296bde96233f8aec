package dev.skep.engine.interpreter;

/** A program in another form than the interpreter's that runs on the same logical CPUs: the JIT's. */
public interface Translation {
    /**
     * Runs a function of the program until it exits.
     *
     * @param slot where the function starts
     * @param frame r10: the address behind the function's stack frame
     * @return r0
     */
    long run(int slot, LogicalCpu cpu, long r1, long r2, long r3, long r4, long r5, long frame);

    /** Gives back what it holds; it is not run any more. */
    void close();
}
