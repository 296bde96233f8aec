package dev.skep.engine;

import dev.skep.object.program.HelperId;
import java.util.OptionalLong;

/**
 * Sees what programs do while they run, and may answer helpers in the kernel's place: for tools that look into runs or search for
 * inputs. Called from the thread that runs the program, for every run of the engine it was given to
 * ({@link EngineOptions#withObserver}). What it throws ends the run.
 */
public interface RunObserver {
    /** A run begins. @param context what the program gets in r1 */
    default void begins(Execution run, long context) {}

    /**
     * A number was loaded from memory.
     *
     * @param size in bytes: 1, 2, 4 or 8
     * @param value what the register holds now
     */
    default void loads(Execution run, long address, int size, long value) {}

    /**
     * A conditional jump was decided.
     *
     * @param slot of the jump, within the whole program; after a tail call, within the program called
     * @param taken true if it jumps, false if the program goes on
     * @param left the first operand, all 64 bits of it even if the jump compares 32
     * @param right the second, an immediate with its sign extended
     */
    default void branches(int slot, boolean taken, long left, long right) {}

    /**
     * A helper is to be called.
     *
     * @param slot of the call
     * @param r1 the first argument, up to {@code r3}, the third
     * @return what it returns without being called; empty to have it called
     */
    default OptionalLong answers(Execution run, int slot, HelperId helper, long r1, long r2, long r3) {
        return OptionalLong.empty();
    }

    /**
     * Whether every call of a helper is {@linkplain #answers answered}: then programs may call it although the engine does not have
     * it.
     */
    default boolean answersAlways(HelperId helper) {
        return false;
    }

    /**
     * A helper was called and has returned.
     *
     * @param slot of the call
     * @param r1 the first argument, up to {@code r2}, the second
     * @param result what it returned
     */
    default void returned(Execution run, int slot, HelperId helper, long r1, long r2, long result) {}
}
