package dev.skep.engine;

/**
 * Java code that runs in the place of a loaded program's instructions: on the same logical CPUs, maps, packets and helpers.
 *
 * @see EngineProgram#runInJava
 */
@FunctionalInterface
public interface JavaBody {
    /**
     * Runs the program once.
     *
     * @param run what it runs on; not to be used after it returned
     * @param context what the program has in r1: the address of its context structure
     * @return r0
     */
    long run(Execution run, long context);
}
