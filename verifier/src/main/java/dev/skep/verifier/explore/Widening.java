package dev.skep.verifier.explore;

import dev.skep.verifier.state.Checkpoint;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;

/** Makes numbers that differ from one round of a loop to the next unknown, unless they matter ({@code widen_imprecise_scalars}). */
final class Widening {
    private Widening() {}

    static void apply(Checkpoint last, ProgramState state) {
        for (int depth = 0; depth < state.frameCount(); depth++) {
            Frame old = last.state().frame(depth);
            Frame current = state.frame(depth);
            for (int r = 0; r < Frame.FRAME_POINTER; r++) {
                boolean precise = (last.preciseRegisters(depth) >>> r & 1) != 0;
                if (!precise && changed(old.register(r), current.register(r))) {
                    current.set(r, Scalar.UNKNOWN);
                }
            }
            for (int s = 0; s < Math.min(old.stackSlots(), current.stackSlots()); s++) {
                StackSlot slot = current.slot(s);
                boolean precise = (last.preciseSlots(depth) >>> s & 1) != 0;
                if (!precise
                        && startsWithSpill(slot)
                        && startsWithSpill(old.slot(s))
                        && changed(old.slot(s).spilled(), slot.spilled())) {
                    current.set(s, slot.withSpilled(Scalar.UNKNOWN));
                }
            }
        }
    }

    /** {@code is_spilled_reg}: true also if half of a register was stored. */
    private static boolean startsWithSpill(StackSlot slot) {
        return slot.at(0) == SlotByte.SPILL;
    }

    private static boolean changed(Value old, Value current) {
        return old instanceof Scalar a
                && current instanceof Scalar b
                && !a.range().equals(b.range());
    }
}
