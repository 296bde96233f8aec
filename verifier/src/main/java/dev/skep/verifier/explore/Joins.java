package dev.skep.verifier.explore;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.explore.StateComparison.Exactness;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.state.Checkpoint;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states kept before instructions where paths meet, and what they are good for: not to follow what is covered, and to notice
 * loops.
 */
final class Joins {
    /** A path without a checkpoint for so many jumps gets one, as what came before it is looked through again and again. */
    private static final int MOST_JUMPS = 40;

    private final ProgramCode code;
    private final StateComparison comparison;
    private final Precision precision;
    private final int mostStates;
    private final @Nullable List<Checkpoint>[] kept;
    /** Instructions before which states are kept at each visit: where iterators advance, callbacks are called, may_goto. */
    private final BitSet loopEnds = new BitSet();
    /** Those of them where an iterator advances. */
    private final BitSet iteratorLoops = new BitSet();

    private int states;
    private int peakStates;
    private int totalStates;
    private long jumpsAtLast;
    private long instructionsAtLast;
    /** Where the loop begins that the path just covered has closed; null if it closed none. */
    private @Nullable Checkpoint closedLoop;

    private final List<Closing> closings = new ArrayList<>();

    /** @param mostStates so many are kept before an instruction */
    @SuppressWarnings("unchecked") // arrays of lists cannot be made with their type
    Joins(ProgramCode code, StateComparison comparison, Precision precision, int mostStates) {
        this.mostStates = mostStates;
        this.code = code;
        this.comparison = comparison;
        this.precision = precision;
        kept = (@Nullable List<Checkpoint>[]) new List<?>[code.slotCount()];
    }

    int peakStates() {
        return peakStates;
    }

    int totalStates() {
        return totalStates;
    }

    /** @param iterator an iterator advances here */
    void closeLoopsAt(int slot, boolean iterator) {
        loopEnds.set(slot);
        iteratorLoops.set(slot, iterator);
    }

    /** Instructions at which loops close before each round is followed. */
    BitSet loopEnds() {
        return loopEnds;
    }

    /** Forgets all states, before another function is verified. */
    void clear() {
        Arrays.fill(kept, null);
        closings.clear();
        states = 0;
        jumpsAtLast = 0;
        instructionsAtLast = 0;
    }

    /**
     * A path has come to its next instruction: true if it need not be followed. Otherwise the state may have been kept.
     *
     * @param jumps @param instructions how many were followed over all, which tells when it is time to keep a state
     */
    boolean isCovered(ProgramState state, long jumps, long instructions) {
        int slot = state.slot();
        List<Checkpoint> candidates = kept[slot];
        boolean force = loopEnds.get(slot) || state.jumpsSinceCheckpoint() > MOST_JUMPS;
        boolean keep = force || (jumps - jumpsAtLast >= 2 && instructions - instructionsAtLast >= 8);
        if (candidates == null) {
            candidates = new ArrayList<>(2);
            kept[slot] = candidates;
        }
        boolean room = candidates.size() <= mostStates;
        for (Iterator<Checkpoint> each = candidates.iterator(); each.hasNext(); ) {
            Checkpoint old = each.next();
            if (old.state().frame().entry().callSite() != state.frame().entry().callSite()) {
                continue;
            }
            switch (compare(old, state)) {
                case COVERED -> {
                    old.hit();
                    inherit(old, state);
                    return true;
                }
                case UNDECIDED -> {
                    boolean soon = jumps - jumpsAtLast < 20 && instructions - instructionsAtLast < 100;
                    keep &= force || !soon;
                }
                case DIFFERENT -> {}
            }
            if (keep) {
                old.miss();
            }
            int patience = loopEnds.get(slot) && old.branches() > 0 ? 64 : 3;
            if (old.misses() > old.hits() * patience + patience) {
                each.remove();
                states--;
            }
        }
        if (keep && room) {
            keep(state, candidates);
            jumpsAtLast = jumps;
            instructionsAtLast = instructions;
        }
        return false;
    }

    private void keep(ProgramState state, List<Checkpoint> candidates) {
        Checkpoint checkpoint = new Checkpoint(state.copy());
        state.startAfter(checkpoint);
        candidates.addFirst(checkpoint);
        totalStates++;
        peakStates = Math.max(peakStates, ++states);
    }

    /**
     * A path that was not followed because it led back into a loop that still was.
     *
     * @param old the state that covered it @param entry where the loop begins @param state the path's last
     */
    private record Closing(Checkpoint old, Checkpoint entry, ProgramState state) {
        boolean isDone() {
            return entry.branches() == 0;
        }
    }

    /**
     * Once a loop is followed to its end, all that matters after its states is known: it matters before the paths that led back into it too, and
     * what matters there may again matter to others.
     */
    private void completeLoops() {
        List<Closing> done = closings.stream().filter(Closing::isDone).toList();
        int marks = -1;
        int before = -2;
        while (marks != before) {
            before = marks;
            done.forEach(closing -> inherit(closing.old(), closing.state()));
            marks = done.stream().mapToInt(closing -> closing.old().marks()).sum();
        }
        closings.removeAll(done);
    }

    private enum Match {
        COVERED,
        DIFFERENT,
        /** The old state is still being followed: it might be this path's own past. */
        UNDECIDED
    }

    private Match compare(Checkpoint old, ProgramState state) {
        if (old.branches() > 0) {
            return compareUnfinished(old, state);
        }
        Checkpoint loop = Loops.entryOf(old);
        if (loop == null || loop.branches() == 0) {
            return comparison.covers(old, state, Exactness.BY_NEED) ? Match.COVERED : Match.DIFFERENT;
        }
        // What matters after the old state is not all known while the loop around it is being followed.
        return comparison.covers(old, state, Exactness.WITHIN) ? inLoop(old, loop, state) : Match.DIFFERENT;
    }

    private Match compareUnfinished(Checkpoint old, ProgramState state) {
        int slot = state.slot();
        if (isMayGoto(slot)) {
            if (old.state().mayGotoDepth() != state.mayGotoDepth() && comparison.covers(old, state, Exactness.WITHIN)) {
                return inLoop(old, old, state);
            }
        } else if (loopEnds.get(slot)) {
            return mayCloseHere(slot, state) && comparison.covers(old, state, Exactness.WITHIN)
                    ? inLoop(old, old, state)
                    : Match.UNDECIDED;
        }
        if (runsInCircle(old, state)) {
            throw new Refusal(Cause.UNBOUNDED_LOOP, "infinite loop detected at insn " + slot);
        }
        return Match.UNDECIDED;
    }

    private Match inLoop(Checkpoint old, Checkpoint entry, ProgramState state) {
        closedLoop = entry;
        closings.add(new Closing(old, entry, state));
        return Match.COVERED;
    }

    private boolean isMayGoto(int slot) {
        return code.at(slot).opcode() == Opcode.MAY_GOTO;
    }

    /** A loop over an iterator closes only while the iterator has more; once it is drained, the rest is to be followed. */
    private boolean mayCloseHere(int slot, ProgramState state) {
        Instruction instruction = code.at(slot);
        if (!iteratorLoops.get(slot) || !(state.register(1) instanceof Pointer pointer) || !pointer.isStack()) {
            return instruction.opcode() == Opcode.CALL;
        }
        Frame frame = state.frame(((Region.Stack) pointer.region()).frame());
        StackSlot held = frame.slot(Frame.slotOf((int) pointer.constantOffset()));
        return held.object().orElse(null) instanceof StackObject.Iterator iterator && !iterator.drained();
    }

    private boolean runsInCircle(Checkpoint old, ProgramState state) {
        ProgramState before = old.state();
        return before.mayGotoDepth() == state.mayGotoDepth()
                && before.callbackUnrollDepth() == state.callbackUnrollDepth()
                && before.frameCount() == state.frameCount()
                && before.frame().entry().serial() == state.frame().entry().serial()
                && comparison.covers(old, state, Exactness.EXACT)
                && !iteratorsAdvanced(before, state);
    }

    /** An iterator has given another element since: if nothing else changed, the loop still comes to its end. */
    private static boolean iteratorsAdvanced(ProgramState before, ProgramState state) {
        for (int depth = 0; depth < before.frameCount(); depth++) {
            Frame old = before.frame(depth);
            for (int i = 0; i < old.stackSlots(); i++) {
                if (old.slot(i).object().orElse(null) instanceof StackObject.Iterator a
                        && state.frame(depth).slot(i).object().orElse(null) instanceof StackObject.Iterator b
                        && a.depth() != b.depth()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What mattered after the old state matters before this one too. */
    private void inherit(Checkpoint old, ProgramState state) {
        for (int depth = 0; depth < state.frameCount(); depth++) {
            state.markRead(depth, old.readSlots(depth));
            int registers = old.preciseRegisters(depth);
            for (int rest = registers; rest != 0; rest &= rest - 1) {
                precision.wantRegister(depth, Integer.numberOfTrailingZeros(rest));
            }
            long slots = old.preciseSlots(depth);
            for (long rest = slots; rest != 0; rest &= rest - 1) {
                precision.wantSlot(depth, Long.numberOfTrailingZeros(rest));
            }
        }
        precision.track(state.past(), state.parent(), state.frame().depth());
    }

    /** The path of {@code state} is at its end, because it is covered or the program ends. */
    void endPath(ProgramState state) {
        Loops.endPath(state.parent(), closedLoop);
        closedLoop = null;
        if (closings.stream().anyMatch(Closing::isDone)) {
            completeLoops();
        }
    }
}
