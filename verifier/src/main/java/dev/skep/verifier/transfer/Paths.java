package dev.skep.verifier.transfer;

import dev.skep.verifier.state.ProgramState;

/** What the rules ask of whoever walks the paths. */
public interface Paths {
    /**
     * Puts a state aside, to be followed later. Its slot says where it goes on.
     *
     * @param other a copy of the current state, changed
     */
    void fork(ProgramState other);

    /** A number not given before, for pointers and numbers that belong together. */
    int newId();

    /** From now on two numbers are alike only if they are the same: how far a pointer may go depends on them ({@code explore_alu_limits}). */
    void compareNumbersExactly();

    /** The number in a register of the current frame decided something: what it came from matters to comparing states. */
    void markPrecise(ProgramState state, int register);

    /** As {@link #markPrecise(ProgramState, int)} for a spilled number. @param frame whose stack */
    void markSlotPrecise(ProgramState state, int frame, int slot);

    /**
     * Forgets what is known of numbers that have changed since the last visit of a loop's end and that no decision needed:
     * otherwise a counter would keep the loop from ever looking the same.
     *
     * @param state on its way to {@code slot}
     */
    void widen(ProgramState state, int slot);
}
