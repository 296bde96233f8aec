package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;

/** Where on the stack an object of the kernel's may lie ({@code stack_slot_obj_get_spi}). */
final class StackPlaces {
    private StackPlaces() {}

    /**
     * Index of the slot with the lowest address.
     *
     * @param what {@code dynptr}, {@code iter} or {@code irq_flag}, as messages have it
     * @param slots how many it takes
     */
    static int slotOf(Cause cause, Pointer pointer, int register, String what, int slots) {
        if (!pointer.hasConstantOffset()) {
            throw Refusal.ofRegister(cause, register, what + " has to be at a constant offset");
        }
        long offset = pointer.constantOffset();
        if (offset % StackSlot.SIZE != 0 || offset > -(long) slots * StackSlot.SIZE || offset < -StackBounds.SIZE) {
            throw Refusal.ofRegister(cause, register, "cannot pass in " + what + " at an offset=" + offset);
        }
        return Frame.slotOf((int) offset);
    }

    /** Writes over {@code slots} slots, as any store does: what lies there ends. */
    static void overwrite(ProgramState state, Memory memory, int register, int slots) {
        for (int i = 0; i < slots; i++) {
            Access write = new Access(
                    register, i * StackSlot.SIZE, StackSlot.SIZE, Access.Kind.ATOMIC_STORE, Access.NONE, 0, false);
            memory.access(state, write, false);
        }
    }

    /** The slots count as written whole since the last checkpoint. */
    static void markWritten(ProgramState state, Pointer pointer, int index, int slots) {
        int frame = ((Region.Stack) pointer.region()).frame();
        for (int i = index; i > index - slots; i--) {
            state.markWritten(frame, i);
        }
    }

    /** The object in these slots is looked at. */
    static void markRead(ProgramState state, Pointer pointer, int index, int slots) {
        int frame = ((Region.Stack) pointer.region()).frame();
        state.markRead(frame, ((1L << slots) - 1) << (index - slots + 1));
    }

    static Frame frameOf(ProgramState state, Pointer pointer) {
        return state.frame(((Region.Stack) pointer.region()).frame());
    }
}
