package dev.skep.verifier.transfer;

import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFunctionFlag;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** Open-coded iterators on the stack: made, advanced, destroyed ({@code process_iter_arg}, {@code process_iter_next_call}). */
final class Iterators {
    private static final String PREFIX = "bpf_iter_";

    private final Environment environment;
    private final Memory memory;
    private final References references;

    Iterators(Environment environment, Memory memory, References references) {
        this.environment = environment;
        this.memory = memory;
        this.references = references;
    }

    /** The argument at {@code index} is an iterator. */
    void argument(ProgramState state, int index, KernelFunctionFacts facts) {
        int register = index + 1;
        if (!(state.register(register) instanceof Pointer pointer) || !pointer.isStack()) {
            throw refused(register, "arg#" + index + " expected pointer to an iterator on stack");
        }
        KernelFunctionCallee callee = facts.callee;
        int struct = callee.target(callee.parameters().get(index));
        if (!(callee.btf().type(struct) instanceof BtfType.Composite composite)
                || !composite.name().startsWith(PREFIX)) {
            throw refused(register, "expected valid iter pointer as arg #" + index);
        }
        KernelType type = new KernelType(callee.btf(), struct);
        int slots = composite.size() / StackSlot.SIZE;
        if (callee.is(KernelFunctionFlag.ITER_NEW)) {
            make(state, pointer, index, type, slots, callee.is(KernelFunctionFlag.RCU_PROTECTED));
            return;
        }
        int slot = StackPlaces.slotOf(Cause.ITERATOR, pointer, register, "iter", slots);
        StackObject.Iterator iterator = find(state, pointer, slot, index, type, callee.name());
        StackPlaces.markRead(state, pointer, slot, slots);
        int frame = ((Region.Stack) pointer.region()).frame();
        facts.iterator = Optional.of(new KernelFunctionFacts.IteratorPlace(frame, slot, iterator));
        facts.referenceId = iterator.referenceId();
        if (callee.is(KernelFunctionFlag.ITER_DESTROY)) {
            references.release(state, iterator.referenceId());
            StackObjects.clear(state.frame(frame), slot, slots, SlotByte.INVALID);
            StackPlaces.markWritten(state, pointer, slot, slots);
        }
    }

    private static Refusal refused(int register, String message) {
        return Refusal.ofRegister(Cause.ITERATOR, register, message);
    }

    private static String shortName(KernelType type) {
        return "iter_" + type.name().substring(PREFIX.length());
    }

    private void make(
            ProgramState state, Pointer pointer, int index, KernelType type, int slots, boolean rcuProtected) {
        int register = index + 1;
        int slot = StackPlaces.slotOf(Cause.ITERATOR, pointer, register, "iter", slots);
        Frame frame = StackPlaces.frameOf(state, pointer);
        for (int i = slot; i > slot - slots; i--) {
            if (frame.slot(i).object().orElse(null) instanceof StackObject.Iterator) {
                throw refused(register, "expected uninitialized " + shortName(type) + " as arg #" + index);
            }
        }
        StackPlaces.overwrite(state, memory, register, slots);
        Trust trust = rcuProtected ? TrustRules.inRcuSection(state) ? Trust.RCU : Trust.UNTRUSTED : Trust.TRUSTED;
        int reference = references.acquire(state);
        put(frame, slot, new StackObject.Iterator(type, reference, false, 0, slots, true, trust));
        StackPlaces.markWritten(state, pointer, slot, slots);
    }

    private static void put(Frame frame, int slot, StackObject.Iterator iterator) {
        for (int i = 0; i < iterator.slots(); i++) {
            frame.set(slot - i, StackSlot.holding(SlotByte.ITERATOR, iterator.part(i == 0)));
        }
    }

    private static StackObject.Iterator find(
            ProgramState state, Pointer pointer, int slot, int index, KernelType type, String callee) {
        Frame frame = StackPlaces.frameOf(state, pointer);
        if (!(frame.slot(slot).object().orElse(null) instanceof StackObject.Iterator iterator)
                || !iterator.first()
                || !iterator.type().equals(type)
                || !isWhole(frame, slot, iterator)) {
            throw refused(index + 1, "expected an initialized " + shortName(type) + " as arg #" + index);
        }
        if (iterator.trust() == Trust.UNTRUSTED) {
            throw refused(index + 1, "expected an RCU CS when using " + callee);
        }
        return iterator;
    }

    private static boolean isWhole(Frame frame, int slot, StackObject.Iterator iterator) {
        for (int i = 1; i < iterator.slots(); i++) {
            boolean part = frame.slot(slot - i).object().orElse(null) instanceof StackObject.Iterator other
                    && !other.first()
                    && other.referenceId() == iterator.referenceId();
            if (!part) {
                return false;
            }
        }
        return true;
    }

    /**
     * The call has advanced an iterator, and its result is set: a path on which there was an element is put aside, and this one goes
     * on with the iterator drained.
     */
    void advance(ProgramState state, KernelFunctionFacts facts) {
        KernelFunctionFacts.IteratorPlace place = facts.iterator.orElseThrow();
        if (!place.iterator().drained()) {
            ProgramState element = state.copy();
            put(element.frame(place.frame()), place.index(), place.iterator().advance());
            element.set(0, nonNull(element.register(0)));
            environment.paths().widen(element, state.slot());
            element.jumpTo(state.slot() + 1);
            environment.paths().fork(element);
        }
        put(state.frame(place.frame()), place.index(), place.iterator().drain());
        state.set(0, Scalar.ZERO);
    }

    private static Value nonNull(Value result) {
        return result instanceof Pointer pointer ? pointer.nonNull(pointer.region(), 0) : result;
    }

    /** The RCU section has ended: iterators that relied on it cannot be used any more. */
    static void endRcu(ProgramState state) {
        for (int depth = 0; depth < state.frameCount(); depth++) {
            Frame frame = state.frame(depth);
            for (int i = 0; i < frame.stackSlots(); i++) {
                if (frame.slot(i).object().orElse(null) instanceof StackObject.Iterator iterator
                        && iterator.trust() == Trust.RCU) {
                    frame.set(i, StackSlot.holding(SlotByte.ITERATOR, iterator.expire()));
                }
            }
        }
    }
}
