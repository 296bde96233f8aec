package dev.skep.engine.interpreter;

import dev.skep.engine.memory.Region;
import dev.skep.engine.memory.Sandbox;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stack of a logical CPU: up to 8 frames of 512 bytes, as the kernel allows, and what calls have to restore. In checked
 * mode exactly the frames in use are live regions; they are apart so that leaving one at either end is noticed.
 */
final class CallStack {
    static final int FRAMES = CallStackLimits.FRAMES;
    static final int FRAME_SIZE = CallStackLimits.FRAME_SIZE;
    private static final long MAY_GOTO_LIMIT = CallStackLimits.MAY_GOTO;

    private static final int STRIDE = FRAME_SIZE + 64;
    /** r6 to r9. */
    private static final int SAVED = 4;

    private static final int FIRST_SAVED = 6;
    private static final int FRAME_POINTER = 10;

    private final Sandbox sandbox;
    private final boolean checked;
    private final long address;
    /** r10 of a function that can call no other. */
    private final long deepest;

    private final long[] saved = new long[FRAMES * SAVED];
    private final int[] returnSlot = new int[FRAMES];
    private final @Nullable Code[] returnCode = new Code[FRAMES];
    private final long[] mayGotoLeft = new long[FRAMES];
    private int depth;

    CallStack(Sandbox sandbox, boolean checked) {
        this.sandbox = sandbox;
        this.checked = checked;
        address = sandbox.allocate((long) FRAMES * STRIDE, true, "stack");
        deepest = address + (FRAMES - 1L) * STRIDE + FRAME_SIZE;
        if (checked) {
            sandbox.hide(address);
            expose(0);
        }
    }

    /** The frame in use, 0 for the entry function's. */
    int depth() {
        return depth;
    }

    /** Back to the entry function's frame, whatever was going on. */
    void reset() {
        while (depth > 0) {
            hide();
            depth--;
        }
        mayGotoLeft[0] = MAY_GOTO_LIMIT;
    }

    /** What r10 holds in the current frame: the address behind it. */
    long top() {
        return top(depth);
    }

    /** The same of another frame in use. */
    long top(int frame) {
        return frame(frame) + FRAME_SIZE;
    }

    /** Outside checked mode: the frame with this r10 is the current one. */
    void continueAt(long top) {
        depth = (int) ((top - FRAME_SIZE - address) / STRIDE);
        mayGotoLeft[depth] = MAY_GOTO_LIMIT;
    }

    /** A new frame for a callback. Throws {@link Violation} if there are 8 already. */
    void push() {
        if (depth + 1 == FRAMES) {
            throw tooDeep();
        }
        depth++;
        mayGotoLeft[depth] = MAY_GOTO_LIMIT;
        expose(depth);
    }

    /** The end of {@link #push}. */
    void pop() {
        hide();
        depth--;
    }

    /**
     * What r10 holds in a function called by one with {@code frame}. Outside checked mode translated code keeps its frames
     * itself, so that a call costs a comparison; in it they are pushed.
     */
    long below(long frame) {
        if (checked) {
            push();
            return top();
        }
        if (frame >= deepest) {
            throw tooDeep();
        }
        return frame + STRIDE;
    }

    private static Violation tooDeep() {
        return new Violation("calls nest deeper than " + FRAMES + " functions");
    }

    /** A call: saves r6 to r9 and the place to return to, and points r10 to the new frame. */
    void enter(Code code, int slot, long[] registers) {
        push();
        System.arraycopy(registers, FIRST_SAVED, saved, depth * SAVED, SAVED);
        returnCode[depth] = code;
        returnSlot[depth] = slot;
        registers[FRAME_POINTER] = top();
    }

    /** The code to return to. Comes before {@link #leave}. */
    Code returnCode() {
        return Objects.requireNonNull(returnCode[depth]);
    }

    /** The end of {@link #enter}. @return the slot to go on at */
    int leave(long[] registers) {
        System.arraycopy(saved, depth * SAVED, registers, FIRST_SAVED, SAVED);
        int slot = returnSlot[depth];
        pop();
        registers[FRAME_POINTER] = top();
        return slot;
    }

    /** {@code may_goto}: true if the loop has to end. */
    boolean loopEnds() {
        if (mayGotoLeft[depth] == 0) {
            return true;
        }
        mayGotoLeft[depth]--;
        return false;
    }

    private long frame(int index) {
        return address + (long) index * STRIDE;
    }

    private void expose(int index) {
        if (checked) {
            sandbox.expose(Region.of(frame(index), FRAME_SIZE, true, index == 0 ? "stack" : "stack of call " + index));
        }
    }

    private void hide() {
        if (checked) {
            sandbox.hide(frame(depth));
        }
    }

    void release() {
        sandbox.release(address);
    }
}
