package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
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

/** Stores to the stack: a whole register stored is remembered ({@code check_stack_write}). */
final class StackWrites {
    private final Environment environment;

    StackWrites(Environment environment) {
        this.environment = environment;
    }

    void write(ProgramState state, Access access, Pointer pointer) {
        StackBounds bounds = StackBounds.check(
                state, environment, pointer, access.register(), access.offset(), access.size(), " write to");
        Frame frame = state.frame(((Region.Stack) pointer.region()).frame());
        if (bounds.fixed()) {
            writeAt(state, frame, access, bounds);
        } else {
            writeAnywhere(state, frame, access, bounds);
        }
    }

    private void writeAt(ProgramState state, Frame frame, Access access, StackBounds bounds) {
        int index = Frame.slotOf(bounds.first());
        checkCorruption(frame, index, access);
        guardAgainstOldContent(state, frame, access, bounds);
        for (int i = index; i >= Frame.slotOf(bounds.end() - 1); i--) {
            StackObjects.destroy(state, environment, frame, i);
        }
        boolean atStart = Frame.byteOf(bounds.first()) == 0;
        if (access.kind() == Access.Kind.STORE && state.register(access.value()) instanceof Pointer pointer) {
            spillPointer(state, frame, index, access, pointer);
        } else if (access.kind() == Access.Kind.STORE && atStart && environment.has(Capability.BPF)) {
            spillNumber(state, frame, index, access);
        } else if (access.kind() == Access.Kind.STORE_CONSTANT && atStart && environment.has(Capability.BPF)) {
            spill(state, frame, index, Scalar.constant(access.constant()), access.size());
        } else {
            writeBytes(state, frame, access, bounds);
        }
        if (access.size() == StackSlot.SIZE) {
            state.markWritten(frame.depth(), index);
        }
    }

    private void checkCorruption(Frame frame, int index, Access access) {
        StackSlot slot = frame.slot(index);
        if (environment.hidesAddresses()
                && slot.hasSpill()
                && slot.spilled() instanceof Pointer
                && access.size() != StackSlot.SIZE) {
            throw Refusal.ofStack(
                    Cause.POINTER_LEAK, Frame.offsetOf(index), "attempt to corrupt spilled pointer on stack");
        }
    }

    /**
     * A load that follows may be executed before the store, and speculate on what was there (Spectre v4): if that was not just numbers, or a
     * pointer is stored, nothing is executed until the store is done.
     */
    private void guardAgainstOldContent(ProgramState state, Frame frame, Access access, StackBounds bounds) {
        if (!environment.guardsSpeculation()) {
            return;
        }
        boolean mixes = access.kind() == Access.Kind.STORE && state.register(access.value()) instanceof Pointer;
        for (int offset = bounds.first(); offset < bounds.end() && !mixes; offset++) {
            SlotByte before = frame.slot(Frame.slotOf(offset)).at(Frame.byteOf(offset));
            mixes = before != SlotByte.MISC && before != SlotByte.ZERO;
        }
        if (mixes) {
            environment.speculationGuards().putBarrierAfter(state.slot());
        }
    }

    private void spillPointer(ProgramState state, Frame frame, int index, Access access, Pointer pointer) {
        if (access.size() != StackSlot.SIZE) {
            throw Refusal.ofStack(
                    Cause.STACK_ACCESS, access.value(), Frame.offsetOf(index), "invalid size of register spill");
        }
        if (frame.depth() != state.frame().depth() && pointer.isStack()) {
            throw Refusal.ofRegister(
                    Cause.STACK_ACCESS,
                    access.value(),
                    "cannot spill pointers to stack into stack frame of the caller");
        }
        spill(state, frame, index, pointer, StackSlot.SIZE);
    }

    private void spillNumber(ProgramState state, Frame frame, int index, Access access) {
        Value value = Registers.read(state, access.value());
        if (!(value instanceof Scalar number)) {
            throw new IllegalStateException("a pointer is spilled as a number: " + value);
        }
        boolean fits = Long.numberOfLeadingZeros(number.range().umax()) >= Long.SIZE - 8 * access.size();
        Scalar spilled = number;
        if (fits && environment.kernel().has(KernelFeature.SPILLED_COPIES)) {
            spilled = Copies.shareable(number, environment.paths());
            state.set(access.value(), spilled);
        }
        spill(state, frame, index, fits ? spilled : number.unlinked(), access.size());
    }

    private static void spill(ProgramState state, Frame frame, int index, Value value, int size) {
        StackSlot before = frame.slot(index);
        frame.set(index, size == StackSlot.SIZE ? StackSlot.spill(value) : before.spillLow(value, size));
        Moment now = state.past();
        if (now != null) {
            now.touch(frame.depth(), index);
        }
    }

    private void writeBytes(ProgramState state, Frame frame, Access access, StackBounds bounds) {
        SlotByte kind = SlotByte.MISC;
        if (isZero(state, access)) {
            kind = SlotByte.ZERO;
            if (access.kind() == Access.Kind.STORE) {
                environment.paths().markPrecise(state, access.value());
            }
        }
        for (int offset = bounds.first(); offset < bounds.end(); offset++) {
            int index = Frame.slotOf(offset);
            frame.set(index, frame.slot(index).withoutSpill().with(Frame.byteOf(offset), kind));
        }
    }

    private static boolean isZero(ProgramState state, Access access) {
        return switch (access.kind()) {
            case STORE -> state.register(access.value()).isZero();
            case STORE_CONSTANT -> access.constant() == 0;
            default -> false;
        };
    }

    /** Any of the bytes may have been written, so none is known any more. */
    private void writeAnywhere(ProgramState state, Frame frame, Access access, StackBounds bounds) {
        boolean zero = isZero(state, access);
        boolean zeroUsed = false;
        for (int offset = bounds.first(); offset < bounds.end(); offset++) {
            int index = Frame.slotOf(offset);
            StackObjects.destroy(state, environment, frame, index);
            StackSlot slot = frame.slot(index);
            SlotByte before = slot.at(Frame.byteOf(offset));
            if (zero && before == SlotByte.SPILL && slot.spilled().isZero()) {
                zeroUsed = true;
                continue;
            }
            boolean staysZero = zero && before == SlotByte.ZERO;
            zeroUsed |= staysZero;
            frame.set(index, slot.withoutSpill().with(Frame.byteOf(offset), staysZero ? SlotByte.ZERO : SlotByte.MISC));
        }
        if (zeroUsed && access.kind() == Access.Kind.STORE) {
            environment.paths().markPrecise(state, access.value());
        }
    }
}
