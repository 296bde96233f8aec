package dev.skep.verifier.transfer;

import dev.skep.verifier.scalar.BinaryOperator;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.scalar.RangeArithmetic;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Linked;
import dev.skep.verifier.state.Moment;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;
import java.util.Arrays;

/** Copies of a number, in registers and on the stack: what a comparison teaches of one holds for all ({@code sync_linked_regs}). */
final class Copies {
    /** The kernel follows no more than so many copies back ({@code LINKED_REGS_MAX}). */
    private static final int MOST = 6;

    private Copies() {}

    /**
     * The number as it is copied: with an id to share with its copy, so that what is learnt of the one holds for the other. Its source has
     * to be replaced by it too.
     */
    static Scalar shareable(Scalar source, Paths paths) {
        Scalar number = source.linked() ? source.unlinked() : source;
        return number.id() == 0 && !number.range().isConstant() ? number.withId(paths.newId()) : number;
    }

    /** Notes at the current instruction which copies of the compared numbers there are; those too many to note become numbers of their own. */
    static void note(ProgramState state, Value left, Value right) {
        Moment now = state.past();
        int leftId = idOf(left);
        int rightId = idOf(right);
        if (now == null || (leftId == 0 && rightId == 0)) {
            return;
        }
        int[] places = new int[MOST];
        int found = 0;
        for (int depth = state.frameCount() - 1; depth >= 0; depth--) {
            Frame frame = state.frame(depth);
            for (int r = 0; r < Frame.FRAME_POINTER; r++) {
                if (!isOneOf(frame.register(r), leftId, rightId)) {
                    continue;
                }
                if (found < MOST) {
                    places[found++] = Linked.register(depth, r);
                } else {
                    frame.set(r, ((Scalar) frame.register(r)).unlinked());
                }
            }
            for (int s = 0; s < frame.stackSlots(); s++) {
                StackSlot slot = frame.slot(s);
                if (!slot.hasSpill() || !isOneOf(slot.spilled(), leftId, rightId)) {
                    continue;
                }
                if (found < MOST) {
                    places[found++] = Linked.slot(depth, s);
                } else {
                    frame.set(s, slot.withSpilled(((Scalar) slot.spilled()).unlinked()));
                }
            }
        }
        if (found > 1) {
            now.link(Arrays.copyOf(places, found));
        }
    }

    private static int idOf(Value value) {
        return value instanceof Scalar scalar ? scalar.id() : 0;
    }

    private static boolean isOneOf(Value value, int leftId, int rightId) {
        int id = idOf(value);
        return id != 0 && (id == leftId || id == rightId);
    }

    /** Gives every copy of {@code known} its knowledge. */
    static void refine(ProgramState state, Scalar known) {
        if (known.id() == 0) {
            return;
        }
        for (int depth = 0; depth < state.frameCount(); depth++) {
            Frame frame = state.frame(depth);
            for (int r = 0; r < Frame.FRAME_POINTER; r++) {
                if (frame.register(r) instanceof Scalar copy && copy.id() == known.id()) {
                    frame.set(r, refined(copy, known));
                }
            }
            for (int s = 0; s < frame.stackSlots(); s++) {
                StackSlot slot = frame.slot(s);
                if (slot.hasSpill() && slot.spilled() instanceof Scalar copy && copy.id() == known.id()) {
                    frame.set(s, slot.withSpilled(refined(copy, known)));
                }
            }
        }
    }

    private static Scalar refined(Scalar copy, Scalar known) {
        if (copy.linked() && known.linked() && copy.narrow() != known.narrow()) {
            return copy; // of a sum's upper half the other says nothing
        }
        if ((!copy.linked() && !known.linked()) || copy.delta() == known.delta()) {
            return copy.withRange(known.range());
        }
        Range distance = Range.of((long) copy.delta() - known.delta());
        boolean wide = !copy.narrow() && !known.narrow();
        return copy.withRange(RangeArithmetic.apply(BinaryOperator.ADD, known.range(), distance, wide));
    }
}
