package dev.skep.verifier.state;

import dev.skep.verifier.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Everything known before the instruction at {@link #slot} on one path. Mutable; {@link #copy} for another path. */
public final class ProgramState {
    /** The most frames a call chain may have ({@code MAX_CALL_FRAMES}). */
    public static final int MAX_FRAMES = 8;

    private final List<Frame> frames;
    private static final int[] NO_ROUNDS = {};

    private final long[] written;
    private int[] rounds = NO_ROUNDS;
    private List<Held> held;
    private int rcuDepth;
    private int preemptDepth;
    private int mayGotoDepth;
    private int callbackUnrollDepth;
    private int jumpsSinceCheckpoint;
    private boolean sleepable;
    private boolean speculative;
    private int slot;
    private @Nullable Moment past;
    private @Nullable Checkpoint parent;

    /** A path that starts in {@code first} at its function's first instruction. */
    public ProgramState(Frame first, int slot, boolean sleepable) {
        frames = new ArrayList<>(2);
        frames.add(first);
        written = new long[MAX_FRAMES];
        Arrays.fill(written, -1L);
        held = List.of();
        this.slot = slot;
        this.sleepable = sleepable;
    }

    private ProgramState(ProgramState original) {
        frames = new ArrayList<>(original.frames.size() + 1);
        for (Frame frame : original.frames) {
            frames.add(frame.copy());
        }
        written = original.written.clone();
        held = original.held;
        rcuDepth = original.rcuDepth;
        preemptDepth = original.preemptDepth;
        mayGotoDepth = original.mayGotoDepth;
        callbackUnrollDepth = original.callbackUnrollDepth;
        jumpsSinceCheckpoint = original.jumpsSinceCheckpoint;
        rounds = original.rounds.length == 0 ? NO_ROUNDS : original.rounds.clone();
        sleepable = original.sleepable;
        speculative = original.speculative;
        slot = original.slot;
        past = original.past;
        parent = original.parent;
    }

    public ProgramState copy() {
        return new ProgramState(this);
    }

    /**
     * This path begins, in a function of its own, where {@code starter} caused it. It does not belong to the starter's: states before it are done
     * without waiting for it, and its numbers come from nowhere.
     */
    public void beginAfter(ProgramState starter) {
        past = starter.past;
    }

    // Where it is.

    public int slot() {
        return slot;
    }

    public void jumpTo(int newSlot) {
        slot = newSlot;
    }

    public @Nullable Moment past() {
        return past;
    }

    public void setPast(@Nullable Moment moment) {
        past = moment;
    }

    /** Notes that the instruction at {@link #slot} is being executed. */
    public Moment record() {
        past = new Moment(past, slot, frames.size() - 1);
        return past;
    }

    // Frames.

    public Frame frame() {
        return frames.getLast();
    }

    public Frame frame(int depth) {
        return frames.get(depth);
    }

    public int frameCount() {
        return frames.size();
    }

    public Frame caller() {
        return frames.get(frames.size() - 2);
    }

    public void enter(Frame frame) {
        frame.setHeldAtEntry(held);
        frames.add(frame);
        written[frame.depth()] = -1L;
    }

    public Frame leave() {
        return frames.removeLast();
    }

    public Value register(int number) {
        return frames.getLast().register(number);
    }

    public void set(int number, Value value) {
        frames.getLast().set(number, value);
    }

    /** Puts {@code change(v)} where {@code v} was, in every frame's registers and spilled ones. */
    public void replaceValues(UnaryOperator<Value> change) {
        for (Frame frame : frames) {
            frame.replaceValues(change);
        }
    }

    // What was acquired.

    public List<Held> held() {
        return held;
    }

    public boolean holds(int referenceId) {
        for (Held each : held) {
            if (each.kind() == Held.Kind.REFERENCE && each.id() == referenceId) {
                return true;
            }
        }
        return false;
    }

    public boolean holdsLock() {
        return held.stream().anyMatch(each -> each.kind().isLock());
    }

    public void acquire(Held acquired) {
        List<Held> more = new ArrayList<>(held);
        more.add(acquired);
        held = List.copyOf(more);
    }

    /** True if there was one to give back. */
    public boolean release(Predicate<Held> which) {
        for (int i = held.size() - 1; i >= 0; i--) {
            if (which.test(held.get(i))) {
                List<Held> fewer = new ArrayList<>(held);
                fewer.remove(i);
                held = List.copyOf(fewer);
                return true;
            }
        }
        return false;
    }

    // Sections.

    public int rcuDepth() {
        return rcuDepth;
    }

    public void setRcuDepth(int depth) {
        rcuDepth = depth;
    }

    public int preemptDepth() {
        return preemptDepth;
    }

    public void setPreemptDepth(int depth) {
        preemptDepth = depth;
    }

    /** The path started where sleeping is allowed. */
    public boolean sleepable() {
        return sleepable;
    }

    /** The path is one only a processor's speculation takes. */
    public boolean speculative() {
        return speculative;
    }

    public void setSpeculative(boolean isSpeculative) {
        speculative = isSpeculative;
    }

    // Loops.

    public int mayGotoDepth() {
        return mayGotoDepth;
    }

    public void countMayGoto() {
        mayGotoDepth++;
    }

    public int callbackUnrollDepth() {
        return callbackUnrollDepth;
    }

    public void countCallbackUnroll() {
        callbackUnrollDepth++;
    }

    /**
     * The path is at the beginning of a loop.
     *
     * @param loop which @param count how many there are @param again it comes from the loop's end
     * @return how often the loop has begun on this path since it was entered
     */
    public int countRound(int loop, int count, boolean again) {
        if (rounds.length == 0) {
            rounds = new int[count];
        }
        rounds[loop] = again ? rounds[loop] + 1 : 1;
        return rounds[loop];
    }

    // Since the last checkpoint.

    /** The newest state of this path that was kept for comparison. */
    public @Nullable Checkpoint parent() {
        return parent;
    }

    /** Starts a new stretch after {@code checkpoint}. */
    public void startAfter(Checkpoint checkpoint) {
        parent = checkpoint;
        Arrays.fill(written, 0L);
        jumpsSinceCheckpoint = 0;
    }

    /** Jumps of this path since its newest checkpoint. */
    public int jumpsSinceCheckpoint() {
        return jumpsSinceCheckpoint;
    }

    public void countJump() {
        jumpsSinceCheckpoint++;
    }

    /** Slots of the frame that were written whole since the last checkpoint, a bit each. */
    public long written(int frame) {
        return written[frame];
    }

    public void markWritten(int frame, int index) {
        written[frame] |= 1L << index;
    }

    /**
     * Notes that stack slots are read: every checkpoint before this whose content is what is read has it noted.
     *
     * @param slots a bit for each slot of the frame
     */
    public void markRead(int frame, long slots) {
        long open = slots & ~written[frame];
        for (Checkpoint at = parent; at != null && open != 0; at = at.parent()) {
            open = at.noteRead(frame, open);
        }
    }
}
