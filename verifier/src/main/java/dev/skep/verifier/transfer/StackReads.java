package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Requirement;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Moment;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;

/** Loads from the stack: a spilled register comes back as it was ({@code check_stack_read}). */
final class StackReads {
    private final Environment environment;

    StackReads(Environment environment) {
        this.environment = environment;
    }

    /** What is loaded, before it is cut to the access's size. */
    Value read(ProgramState state, Access access, Pointer pointer) {
        StackBounds bounds = StackBounds.check(
                state, environment, pointer, access.register(), access.offset(), access.size(), " read from");
        int depth = ((Region.Stack) pointer.region()).frame();
        Frame frame = state.frame(depth);
        state.markRead(depth, bounds.slots());
        if (!bounds.fixed()) {
            return readAnywhere(state, frame, bounds, access);
        }
        int index = Frame.slotOf(bounds.first());
        StackSlot slot = frame.slot(index);
        Value value = slot.hasSpill()
                ? readSpilled(state, frame, index, bounds, access)
                : readBytes(frame, bounds.first(), bounds.end(), access);
        return value;
    }

    private Value readSpilled(ProgramState state, Frame frame, int index, StackBounds bounds, Access access) {
        StackSlot slot = frame.slot(index);
        Value spilled = slot.spilled();
        int spillSize = slot.spillSize();
        if (access.size() == StackSlot.SIZE && spillSize == StackSlot.SIZE) {
            return fill(state, frame, index, spilled, access);
        }
        if (!(spilled instanceof Scalar number)) {
            throw Refusal.ofStack(
                    Cause.STACK_ACCESS, access.register(), bounds.first(), "invalid size of register fill");
        }
        boolean low = Frame.byteOf(bounds.first()) == 0;
        boolean tracked = access.size() == spillSize || environment.kernel().has(KernelFeature.NARROW_FILLS);
        if (low && tracked && access.size() <= spillSize) {
            return fillNarrow(state, frame, index, number, access, spillSize);
        }
        return readPart(state, frame, bounds, access, number);
    }

    private Value fill(ProgramState state, Frame frame, int index, Value spilled, Access access) {
        if (access.kind() != Access.Kind.LOAD) {
            checkNoLeak(spilled, frame, index);
            return Scalar.UNKNOWN;
        }
        touch(state, frame, index);
        if (spilled instanceof Scalar number
                && environment.has(Capability.BPF)
                && environment.kernel().has(KernelFeature.SPILLED_COPIES)) {
            Scalar shared = Copies.shareable(number, environment.paths());
            frame.set(index, frame.slot(index).withSpilled(shared));
            return shared;
        }
        return spilled;
    }

    private void checkNoLeak(Value spilled, Frame frame, int index) {
        if (spilled instanceof Pointer && environment.hidesAddresses()) {
            int offset = Frame.offsetOf(index);
            throw Refusal.ofStack(
                    Cause.POINTER_LEAK, offset, "leaking pointer from stack off " + offset + frameNote(frame));
        }
    }

    private static String frameNote(Frame frame) {
        return frame.depth() == 0 ? "" : " of frame " + frame.depth();
    }

    private Scalar fillNarrow(ProgramState state, Frame frame, int index, Scalar number, Access access, int spillSize) {
        if (access.kind() != Access.Kind.LOAD) {
            return Scalar.UNKNOWN;
        }
        touch(state, frame, index);
        Scalar filled = number;
        if (access.size() == 4 && spillSize == 4 && width(number) <= 32 && environment.has(Capability.BPF)) {
            filled = Copies.shareable(number, environment.paths());
            frame.set(index, frame.slot(index).withSpilled(filled));
        }
        return width(filled) > 8 * access.size() ? filled.unlinked() : filled;
    }

    private static int width(Scalar number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number.range().umax());
    }

    private static void touch(ProgramState state, Frame frame, int index) {
        Moment now = state.past();
        if (now != null) {
            now.touch(frame.depth(), index);
        }
    }

    private Value readPart(ProgramState state, Frame frame, StackBounds bounds, Access access, Scalar number) {
        int spilled = 0;
        int zero = 0;
        for (int offset = bounds.first(); offset < bounds.end(); offset++) {
            SlotByte kind = checkReadable(frame, offset, bounds.first(), access);
            spilled += kind == SlotByte.SPILL ? 1 : 0;
            zero += kind == SlotByte.ZERO ? 1 : 0;
        }
        if (zero == access.size()) {
            return Scalar.ZERO;
        }
        if (spilled == access.size() && number.isZero()) {
            if (access.kind() == Access.Kind.LOAD) {
                touch(state, frame, Frame.slotOf(bounds.first()));
            }
            return Scalar.ZERO;
        }
        return Scalar.UNKNOWN;
    }

    private Value readBytes(Frame frame, int first, int end, Access access) {
        boolean zero = true;
        for (int offset = first; offset < end; offset++) {
            zero &= checkReadable(frame, offset, first, access) == SlotByte.ZERO;
        }
        return zero ? Scalar.ZERO : Scalar.UNKNOWN;
    }

    private SlotByte checkReadable(Frame frame, int offset, int first, Access access) {
        SlotByte kind = frame.slot(Frame.slotOf(offset)).at(Frame.byteOf(offset));
        boolean readable = kind == SlotByte.MISC
                || kind == SlotByte.ZERO
                || kind == SlotByte.SPILL
                || (kind == SlotByte.INVALID && environment.mayReadUnwrittenStack());
        if (kind == SlotByte.INVALID && readable) {
            environment.require(KernelFeature.UNINITIALIZED_STACK_READS, Requirement.WHOLE_PROGRAM);
        }
        if (!readable) {
            throw Refusal.ofStack(
                    Cause.UNINITIALIZED_STACK,
                    offset,
                    "invalid read from stack off %d+%d size %d".formatted(first, offset - first, access.size()));
        }
        return kind;
    }

    /** A load from one of several places gives zero if all of them are zero. */
    private Value readAnywhere(ProgramState state, Frame frame, StackBounds bounds, Access access) {
        new StackRange(environment).checkInitialized(state, frame, bounds, access.register(), false);
        boolean zero = true;
        for (int offset = bounds.first(); offset < bounds.end(); offset++) {
            zero &= frame.slot(Frame.slotOf(offset)).at(Frame.byteOf(offset)) == SlotByte.ZERO;
        }
        return zero ? Scalar.ZERO : Scalar.UNKNOWN;
    }
}
