package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Value;

/** Dynptrs, iterators and saved flags on the stack: what becomes of them when their bytes are written over. */
final class StackObjects {
    private StackObjects() {}

    /** Ends the object in the slot, if one is there, before the slot is written over. */
    static void destroy(ProgramState state, Environment environment, Frame frame, int index) {
        if (frame.slot(index).object().isEmpty()) {
            return;
        }
        switch (frame.slot(index).object().get()) {
            case StackObject.Dynptr dynptr -> destroyDynptr(state, environment, frame, index, dynptr);
            // Its bytes become plain ones; the reference it stands for stays, and is found missing at the end.
            case StackObject.Iterator iterator -> clear(frame, index, 1, SlotByte.MISC);
            case StackObject.IrqFlag flag -> clear(frame, index, 1, SlotByte.MISC);
        }
    }

    private static void destroyDynptr(
            ProgramState state, Environment environment, Frame frame, int index, StackObject.Dynptr dynptr) {
        Value forgotten = environment.forgotten();
        if (dynptr.referenceId() != 0 && !hasClone(state, frame, index, dynptr)) {
            throw Refusal.ofStack(Cause.DYNPTR, Frame.offsetOf(index), "cannot overwrite referenced dynptr");
        }
        int low = dynptr.first() ? index : index + 1;
        clear(frame, low, 2, SlotByte.INVALID);
        state.replaceValues(value -> isSliceOf(value, dynptr.id()) ? forgotten : value);
    }

    /** Another dynptr stands for the same reference, so that it can still be given back. */
    private static boolean hasClone(ProgramState state, Frame own, int index, StackObject.Dynptr dynptr) {
        for (int depth = 0; depth < state.frameCount(); depth++) {
            Frame frame = state.frame(depth);
            for (int i = 0; i < frame.stackSlots(); i++) {
                boolean itself = depth == own.depth() && Math.abs(i - index) <= 1;
                if (!itself
                        && frame.slot(i).object().orElse(null) instanceof StackObject.Dynptr other
                        && other.referenceId() == dynptr.referenceId()
                        && other.id() != dynptr.id()) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean isSliceOf(Value value, int dynptr) {
        return value instanceof Pointer pointer
                && pointer.region() instanceof Region.Memory memory
                && memory.dynptr() == dynptr
                && dynptr != 0;
    }

    /** @param low index of the slot with the lowest address @param count how many slots, up from there */
    static void clear(Frame frame, int low, int count, SlotByte kind) {
        for (int i = low; i > low - count; i--) {
            frame.set(i, kind == SlotByte.MISC ? StackSlot.MISC : StackSlot.EMPTY);
        }
    }
}
