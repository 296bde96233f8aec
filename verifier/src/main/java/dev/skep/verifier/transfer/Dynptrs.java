package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ArgumentType;
import dev.skep.verifier.kernel.TypeModifier;
import dev.skep.verifier.state.Frame;
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
    private static final int SLOTS = 2;

    private final Memory memory;
    private final References references;

    Dynptrs(Memory memory, References references) {
        this.memory = memory;
        this.references = references;
    }

    /**
     * A dynptr that a call is given.
     *
     * @param id its slices carry it
     * @param referenceId the acquired reference it stands for, 0 if none
     */
    record Used(DynptrKind kind, int id, int referenceId) {}

    /** The argument of a helper. */
    void argument(ProgramState state, int register, ArgumentType type, CallFacts facts) {
        if (type.is(TypeModifier.UNINIT)) {
            DynptrKind kind = type.is(TypeModifier.DYNPTR_RINGBUF) ? DynptrKind.RINGBUF : DynptrKind.LOCAL;
            make(state, register, kind, 0);
            facts.dynptrKind = Optional.of(kind);
            return;
        }
        if (type.is(TypeModifier.RELEASE)) {
            checkReleasable(state, register);
        }
        Used used = use(state, register);
        checkKind(used.kind(), type, register);
        facts.dynptr = used.id();
        facts.dynptrKind = Optional.of(used.kind());
        facts.referenceId = used.referenceId();
    }

    /** Only a dynptr on the stack that stands for a reference can be given back. */
    private static void checkReleasable(ProgramState state, int register) {
        Pointer pointer = place(state, register);
        if (pointer.region() instanceof Region.ConstDynptr) {
            throw refused(register, "cannot release unowned const bpf_dynptr");
        }
        int slot = StackPlaces.slotOf(Cause.DYNPTR, pointer, register, "dynptr", SLOTS);
        boolean owns = StackPlaces.frameOf(state, pointer).slot(slot).object().orElse(null)
                        instanceof StackObject.Dynptr dynptr
                && dynptr.referenceId() != 0;
        if (!owns) {
            throw Refusal.ofRegister(Cause.REFERENCE, register, "arg " + register + " is an unacquired reference");
        }
    }

    private static Pointer place(ProgramState state, int register) {
        if (state.register(register) instanceof Pointer pointer
                && (pointer.isStack() || pointer.region() instanceof Region.ConstDynptr)) {
            return pointer;
        }
        throw refused(register, "arg#" + (register - 1) + " expected pointer to stack or const struct bpf_dynptr");
    }

    /**
     * The call makes a dynptr.
     *
     * @param clonedReference the reference of the dynptr it is a copy of, 0 if it is none
     */
    void make(ProgramState state, int register, DynptrKind kind, int clonedReference) {
        Pointer pointer = place(state, register);
        if (!(pointer.region() instanceof Region.Stack)) {
            throw refused(register, "Dynptr has to be an uninitialized dynptr");
        }
        int slot = StackPlaces.slotOf(Cause.DYNPTR, pointer, register, "dynptr", SLOTS);
        StackPlaces.overwrite(state, memory, register, SLOTS);
        Frame frame = StackPlaces.frameOf(state, pointer);
        int reference = clonedReference;
        if (reference == 0 && kind.isAcquired()) {
            reference = references.acquire(state);
        }
        int id = references.newId();
        frame.set(slot, holding(new StackObject.Dynptr(kind, id, reference, false, true)));
        frame.set(slot - 1, holding(new StackObject.Dynptr(kind, id, reference, false, false)));
        StackPlaces.markWritten(state, pointer, slot, SLOTS);
    }

    private static StackSlot holding(StackObject.Dynptr half) {
        return StackSlot.holding(SlotByte.DYNPTR, half);
    }

    /** The call uses a dynptr made before. */
    Used use(ProgramState state, int register) {
        Pointer pointer = place(state, register);
        if (pointer.region() instanceof Region.ConstDynptr constant) {
            return new Used(constant.kind(), constant.dynptr(), 0);
        }
        int slot = StackPlaces.slotOf(Cause.DYNPTR, pointer, register, "dynptr", SLOTS);
        Frame frame = StackPlaces.frameOf(state, pointer);
        if (frame.slot(slot).object().orElse(null) instanceof StackObject.Dynptr dynptr
                && dynptr.first()
                && frame.slot(slot - 1).object().orElse(null) instanceof StackObject.Dynptr second
                && !second.first()
                && second.id() == dynptr.id()) {
            StackPlaces.markRead(state, pointer, slot, SLOTS);
            return new Used(dynptr.kind(), dynptr.id(), dynptr.referenceId());
        }
        throw refused(register, "Expected an initialized dynptr as arg #" + (register - 1));
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
