package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Requirement;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;

/** A range of stack bytes that is read as a whole, by a helper or at a variable offset ({@code check_stack_range_initialized}). */
final class StackRange {
    private final Environment environment;

    StackRange(Environment environment) {
        this.environment = environment;
    }

    /**
     * Checks that every byte may be read; what is spilled there loses its meaning, as whoever reads sees bytes.
     *
     * @param mayBeWritten the bytes may also be written, so that what they hold afterwards is not known
     */
    void checkInitialized(ProgramState state, Frame frame, StackBounds bounds, int register, boolean mayBeWritten) {
        for (int offset = bounds.first(); offset < bounds.end(); offset++) {
            int index = Frame.slotOf(offset);
            StackSlot slot = frame.slot(index);
            int at = Frame.byteOf(offset);
            switch (slot.at(at)) {
                case MISC -> {}
                case ZERO -> {
                    if (mayBeWritten) {
                        frame.set(index, slot.with(at, SlotByte.MISC));
                    }
                }
                case SPILL -> checkSpilled(frame, index, offset, register, mayBeWritten);
                case INVALID -> checkUnwritten(frame, bounds, offset, register, mayBeWritten);
                case DYNPTR, ITERATOR, IRQ_FLAG -> throw notReadable(bounds, offset, register);
            }
        }
        state.markRead(frame.depth(), bounds.slots());
    }

    private void checkSpilled(Frame frame, int index, int offset, int register, boolean mayBeWritten) {
        StackSlot slot = frame.slot(index);
        if (slot.spilled() instanceof Pointer && environment.hidesAddresses()) {
            throw Refusal.ofStack(
                    Cause.POINTER_LEAK,
                    register,
                    offset,
                    "invalid read from stack R%d off %d size 1".formatted(register, offset));
        }
        if (mayBeWritten) {
            frame.set(index, slot.withoutSpill());
        }
    }

    private void checkUnwritten(Frame frame, StackBounds bounds, int offset, int register, boolean mayBeWritten) {
        if (!environment.mayReadUnwrittenStack()) {
            throw notReadable(bounds, offset, register);
        }
        environment.require(KernelFeature.UNINITIALIZED_STACK_READS, Requirement.WHOLE_PROGRAM);
        if (mayBeWritten) {
            int index = Frame.slotOf(offset);
            frame.set(index, frame.slot(index).with(Frame.byteOf(offset), SlotByte.MISC));
        }
    }

    private static Refusal notReadable(StackBounds bounds, int offset, int register) {
        return Refusal.ofStack(
                Cause.UNINITIALIZED_STACK,
                register,
                offset,
                "invalid read from stack R%d off %d+%d size %d"
                        .formatted(register, bounds.first(), offset - bounds.first(), bounds.end() - bounds.first()));
    }
}
