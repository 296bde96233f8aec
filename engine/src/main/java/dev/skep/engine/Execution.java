package dev.skep.engine;

import dev.skep.engine.map.EngineMap;
import dev.skep.engine.memory.Sandbox;

/**
 * One logical CPU that runs programs, one at a time: its stack, its number, what it runs now. Helpers get it as their first
 * argument. Reused from run to run; not thread-safe.
 */
public abstract class Execution {
    /** The memory programs see. */
    public abstract Sandbox sandbox();

    /** The logical CPU's number, from 0. */
    public abstract int cpu();

    /** The map behind a {@code struct bpf_map *}. Traps if the handle is none. */
    public abstract EngineMap map(long handle);

    /**
     * Calls a BPF function of the running program (a callback) with up to five arguments.
     *
     * @param function what the program holds as the function's address ({@code BPF_PSEUDO_FUNC})
     */
    public abstract long callback(long function, long r1, long r2, long r3, long r4, long r5);

    /** Ends the run with an error that names the running instruction. Never returns. */
    public abstract RuntimeException trap(String problem);
}
