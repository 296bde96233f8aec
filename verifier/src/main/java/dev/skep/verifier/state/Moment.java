package dev.skep.verifier.state;

import org.jspecify.annotations.Nullable;

/**
 * One instruction that was executed on a path, and the one before it: the path as a list from its end. Precision is tracked back
 * along it, and a rejected path is replayed from it.
 */
public final class Moment {
    private static final int[] NONE = {};

    private final @Nullable Moment previous;
    private final int slot;
    private final byte frame;
    private byte choice;
    private boolean leavesCallback;
    private byte touchedFrame = -1;
    private short touchedSlot;
    private int[] linked = NONE;

    /** @param slot the instruction @param frame the depth of the frame it was executed in */
    public Moment(@Nullable Moment previous, int slot, int frame) {
        this.previous = previous;
        this.slot = slot;
        this.frame = (byte) frame;
    }

    public @Nullable Moment previous() {
        return previous;
    }

    public int slot() {
        return slot;
    }

    public int frame() {
        return frame;
    }

    /** The instruction is the exit of a function that the kernel called back. */
    public boolean leavesCallback() {
        return leavesCallback;
    }

    public void leaveCallback() {
        leavesCallback = true;
    }

    /** Which of the states the instruction led to was followed: 0 for the one it went on with, 1 for the first put aside. */
    public int choice() {
        return choice;
    }

    /** The same instruction on the path of the {@code newChoice}th state that was put aside. */
    public Moment otherwise(int newChoice) {
        Moment moment = new Moment(previous, slot, frame);
        moment.touchedFrame = touchedFrame;
        moment.touchedSlot = touchedSlot;
        moment.linked = linked;
        moment.leavesCallback = leavesCallback;
        moment.choice = (byte) newChoice;
        return moment;
    }

    /** The instruction loaded from or stored to this stack slot as one register. */
    public void touch(int stackFrame, int stackSlot) {
        touchedFrame = (byte) stackFrame;
        touchedSlot = (short) stackSlot;
    }

    /** Frame of the stack slot that was touched, -1 if none. */
    public int touchedFrame() {
        return touchedFrame;
    }

    public int touchedSlot() {
        return touchedSlot;
    }

    /** The registers and stack slots that shared an id when the comparison refined them; see {@link Linked}. */
    public int[] linked() {
        return linked;
    }

    public void link(int[] places) {
        linked = places;
    }
}
