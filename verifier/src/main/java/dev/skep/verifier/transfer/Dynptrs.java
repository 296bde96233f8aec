package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ArgumentType;
import dev.skep.verifier.kernel.TypeModifier;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.DynptrKind;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import java.util.Optional;

/** Dynptrs as arguments: made by one call, used and released by others ({@code process_dynptr_func}). */
final class Dynptrs {
    private final Environment environment;

    Dynptrs(Environment environment) {
        this.environment = environment;
    }

    void argument(ProgramState state, int register, ArgumentType type, CallFacts facts) {
        Pointer pointer = Registers.pointer(state, register);
        if (type.is(TypeModifier.UNINIT)) {
            make(state, pointer, register, type, facts);
        } else {
            use(state, pointer, register, type, facts);
        }
    }

    private void make(ProgramState state, Pointer pointer, int register, ArgumentType type, CallFacts facts) {
        if (!(pointer.region() instanceof Region.Stack stack)) {
            throw refused(register, "Dynptr has to be an uninitialized dynptr");
        }
        Frame frame = state.frame(stack.frame());
        int index = slotOf(pointer, register);
        for (int i = index; i >= index - 1; i--) {
            StackObjects.destroy(state, environment, frame, i);
        }
        environment.growStack(frame.entry().function(), StackSlot.SIZE * (index + 1));
        DynptrKind kind = type.is(TypeModifier.DYNPTR_RINGBUF) ? DynptrKind.RINGBUF : DynptrKind.LOCAL;
        int reference = 0;
        if (kind.isAcquired()) {
            reference = environment.paths().newId();
            state.acquire(Held.reference(reference, state.slot()));
        }
        put(frame, index, new StackObject.Dynptr(kind, environment.paths().newId(), reference, false, true));
        state.markWritten(stack.frame(), index);
        state.markWritten(stack.frame(), index - 1);
        facts.dynptrKind = Optional.of(kind);
    }

    private static void put(Frame frame, int index, StackObject.Dynptr dynptr) {
        StackObject second = new StackObject.Dynptr(
                dynptr.kind(), dynptr.id(), dynptr.referenceId(), dynptr.readOnly(), false);
        frame.set(index, StackSlot.holding(SlotByte.DYNPTR, dynptr));
        frame.set(index - 1, StackSlot.holding(SlotByte.DYNPTR, second));
    }

    private static int slotOf(Pointer pointer, int register) {
        if (!pointer.hasConstantOffset()) {
            throw refused(register, "dynptr has to be at a constant offset");
        }
        long offset = pointer.constantOffset();
        if (offset % StackSlot.SIZE != 0 || offset > -2 * StackSlot.SIZE || offset < -StackBounds.SIZE) {
            throw refused(register, "cannot pass in dynptr at an offset=" + offset);
        }
        return Frame.slotOf((int) offset);
    }

    private void use(ProgramState state, Pointer pointer, int register, ArgumentType type, CallFacts facts) {
        if (pointer.region() instanceof Region.ConstDynptr constant) {
            if (type.is(TypeModifier.RELEASE)) {
                throw refused(register, "CONST_PTR_TO_DYNPTR cannot be released");
            }
            facts.dynptr = constant.dynptr();
            facts.dynptrKind = Optional.of(constant.kind());
            return;
        }
        StackObject.Dynptr dynptr = find(state, pointer, register);
        checkKind(dynptr.kind(), type, register);
        if (type.is(TypeModifier.RELEASE) && dynptr.referenceId() == 0) {
            throw Refusal.ofRegister(
                    Cause.REFERENCE, register, "arg " + register + " is an unacquired reference");
        }
        facts.dynptr = dynptr.id();
        facts.dynptrKind = Optional.of(dynptr.kind());
        facts.referenceId = dynptr.referenceId();
    }

    private static StackObject.Dynptr find(ProgramState state, Pointer pointer, int register) {
        int index = slotOf(pointer, register);
        int depth = ((Region.Stack) pointer.region()).frame();
        state.markRead(depth, 3L << (index - 1));
        Frame frame = state.frame(depth);
        boolean there = frame.slot(index).object().orElse(null) instanceof StackObject.Dynptr dynptr
                && dynptr.first()
                && frame.slot(index - 1).object().orElse(null) instanceof StackObject.Dynptr second
                && second.id() == dynptr.id();
        if (!there) {
            throw refused(register, "Expected an initialized dynptr as arg #" + (register - 1));
        }
        return (StackObject.Dynptr) frame.slot(index).object().orElseThrow();
    }

    private static void checkKind(DynptrKind kind, ArgumentType type, int register) {
        boolean fits = type.is(TypeModifier.DYNPTR_RINGBUF)
                ? kind == DynptrKind.RINGBUF
                : !type.is(TypeModifier.DYNPTR_LOCAL) || kind == DynptrKind.LOCAL;
        if (!fits) {
            String wanted = type.is(TypeModifier.DYNPTR_RINGBUF) ? "ringbuf" : "local";
            throw refused(register, "Expected a dynptr of type " + wanted + " as arg #" + (register - 1));
        }
    }

    private static Refusal refused(int register, String message) {
        return Refusal.ofRegister(Cause.DYNPTR, register, message);
    }
}
