package dev.skep.verifier.state;

import org.jspecify.annotations.Nullable;

/**
 * A state that was kept, so that later ones at the same instruction can be compared with it: what it was, how far what comes after it is
 * explored, and which of its content mattered.
 */
public final class Checkpoint {
    private final ProgramState state;
    private final @Nullable Checkpoint parent;
    private final long[] readSlots = new long[ProgramState.MAX_FRAMES];
    private final long[] preciseSlots = new long[ProgramState.MAX_FRAMES];
    private final int[] preciseRegisters = new int[ProgramState.MAX_FRAMES];
    private @Nullable Checkpoint loopEntry;
    private int branches = 1;
    private int marks;
    private int hits;
    private int misses;
    private final int distance;

    /** @param state not to be changed any more */
    public Checkpoint(ProgramState state) {
        this.state = state;
        parent = state.parent();
        distance = parent == null ? 0 : parent.distance + 1;
    }

    public ProgramState state() {
        return state;
    }

    public @Nullable Checkpoint parent() {
        return parent;
    }

    /** How many checkpoints lie before it on its path. */
    public int distance() {
        return distance;
    }

    // What comes after it.

    /** Number of paths from here that are not explored to the end. */
    public int branches() {
        return branches;
    }

    public void addBranch() {
        branches++;
    }

    /** @return how many remain */
    public int endBranch() {
        return --branches;
    }

    /** The first state of the loop this one lies in, if a path from here led back to it. */
    public @Nullable Checkpoint loopEntry() {
        return loopEntry;
    }

    public void setLoopEntry(@Nullable Checkpoint entry) {
        loopEntry = entry;
    }

    // How useful it was.

    public void hit() {
        hits++;
    }

    public void miss() {
        misses++;
    }

    public int hits() {
        return hits;
    }

    public int misses() {
        return misses;
    }

    // What of it mattered.

    /** How much of it is known to have mattered; grows only. */
    public int marks() {
        return marks;
    }

    /**
     * Notes that slots are read after it. @return those that the state before this one must have noted too: not yet noted here, and not
     * written between the two
     */
    long noteRead(int frame, long slots) {
        if (frame >= state.frameCount()) {
            return 0;
        }
        long news = slots & ~readSlots[frame];
        readSlots[frame] |= news;
        marks += Long.bitCount(news);
        return news & ~state.written(frame);
    }

    public long readSlots(int frame) {
        return readSlots[frame];
    }

    public int preciseRegisters(int frame) {
        return preciseRegisters[frame];
    }

    public long preciseSlots(int frame) {
        return preciseSlots[frame];
    }

    public void markPreciseRegisters(int frame, int registers) {
        marks += Integer.bitCount(registers & ~preciseRegisters[frame]);
        preciseRegisters[frame] |= registers;
    }

    public void markPreciseSlots(int frame, long slots) {
        marks += Long.bitCount(slots & ~preciseSlots[frame]);
        preciseSlots[frame] |= slots;
    }
}
