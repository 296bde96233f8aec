package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ArgumentType;
import dev.skep.verifier.kernel.HelperPrototype;
import dev.skep.verifier.kernel.TypeModifier;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** What is acquired must be given back, once ({@code acquire_reference}, {@code release_reference}, {@code check_reference_leak}). */
final class References {
    private final Environment environment;

    References(Environment environment) {
        this.environment = environment;
    }

    int newId() {
        return environment.paths().newId();
    }

    /** @return the reference's id */
    int acquire(ProgramState state) {
        return acquire(state, environment);
    }

    /** @return the reference's id */
    static int acquire(ProgramState state, Environment environment) {
        int id = environment.paths().newId();
        state.acquire(Held.reference(id, state.slot()));
        return id;
    }

    /** Notes what reference an argument stands for, and whether the call gives it back. */
    void note(ProgramState state, Value value, int register, ArgumentType type, CallFacts facts) {
        int reference = value instanceof Pointer pointer ? pointer.referenceId() : 0;
        if (type.is(TypeModifier.RELEASE)) {
            boolean dynptr = type.kind() == ArgumentType.Kind.DYNPTR;
            if (!dynptr && reference == 0 && !value.isZero()) {
                throw Refusal.ofRegister(
                        Cause.REFERENCE,
                        register,
                        "R" + register + " must be referenced when passed to release function");
            }
            facts.releasedRegister = register;
        }
        if (reference != 0 && type.kind() != ArgumentType.Kind.KPTR_XCHG_DEST) {
            if (facts.referenceId != 0) {
                throw Refusal.ofRegister(
                        Cause.REFERENCE,
                        register,
                        "more than one arg with ref_obj_id R%d %d %d"
                                .formatted(register, reference, facts.referenceId));
            }
            facts.referenceId = reference;
        }
    }

    /** Gives back what the call takes. */
    void release(ProgramState state, CallFacts facts, HelperPrototype helper) {
        if (facts.releasedRegister == CallFacts.NONE) {
            return;
        }
        boolean dynptr = helper.arguments().get(facts.releasedRegister - 1).kind() == ArgumentType.Kind.DYNPTR;
        boolean isNull = state.register(facts.releasedRegister).isZero();
        if (dynptr) {
            releaseDynptr(state, facts);
        } else if (!isNull && facts.kptr.isPresent()) {
            handOver(state, facts);
        } else if (!isNull && !release(state, facts.referenceId)) {
            throw notAcquired(facts);
        }
    }

    /**
     * A map's value owns the object now. One for each CPU is freed after a grace period only, so that it can be used on as long as an RCU
     * section lasts ({@code ref_convert_alloc_rcu_protected}).
     */
    private void handOver(ProgramState state, CallFacts facts) {
        int reference = facts.referenceId;
        if (TrustRules.inRcuSection(state)) {
            state.replaceValues(value -> value instanceof Pointer pointer
                            && pointer.referenceId() == reference
                            && pointer.region() instanceof Region.KernelObject object
                            && object.allocated()
                            && object.perCpu()
                    ? pointer.withReference(0).withRegion(Region.KernelObject.perCpu(object.type(), Trust.RCU))
                    : value);
        }
        if (!release(state, reference)) {
            throw notAcquired(facts);
        }
    }

    private static Refusal notAcquired(CallFacts facts) {
        return Refusal.ofRegister(
                Cause.REFERENCE,
                facts.releasedRegister,
                "func " + facts.label() + " reference has not been acquired before");
    }

    private void releaseDynptr(ProgramState state, CallFacts facts) {
        if (!release(state, facts.referenceId)) {
            throw notAcquired(facts);
        }
    }

    /** Gives a reference back: every pointer that stands for it, and every dynptr, is gone. @return false if it is not held */
    boolean release(ProgramState state, int reference) {
        boolean held = state.release(each -> each.kind() == Held.Kind.REFERENCE && each.id() == reference);
        if (held) {
            forget(state, reference, environment.forgotten());
        }
        return held;
    }

    private static void forget(ProgramState state, int reference, Value forgotten) {
        for (int depth = 0; depth < state.frameCount(); depth++) {
            Frame frame = state.frame(depth);
            for (int i = 0; i < frame.stackSlots(); i++) {
                Optional<StackObject> object = frame.slot(i).object();
                if (object.isPresent()
                        && object.get() instanceof StackObject.Dynptr dynptr
                        && dynptr.referenceId() == reference) {
                    state.replaceValues(v -> StackObjects.isSliceOf(v, dynptr.id()) ? forgotten : v);
                    StackObjects.clear(frame, i, 1, SlotByte.INVALID);
                }
            }
        }
        state.replaceValues(
                value -> value instanceof Pointer pointer && pointer.referenceId() == reference ? forgotten : value);
    }

    /** Nothing may be held any more. @param what is about to happen, in the kernel's words: {@code BPF_EXIT instruction} */
    static void checkNothingHeld(ProgramState state, String what) {
        for (Held held : state.held()) {
            switch (held.kind()) {
                case REFERENCE ->
                    throw new Refusal(
                            Cause.REFERENCE,
                            "Unreleased reference id=%d alloc_insn=%d\n%s would lead to reference leak"
                                    .formatted(held.id(), held.slot(), what));
                case IRQ ->
                    throw new Refusal(
                            Cause.CRITICAL_SECTION, what + " cannot be used inside bpf_local_irq_save-ed region");
                default -> throw new Refusal(Cause.LOCK, what + " cannot be used inside bpf_spin_lock-ed region");
            }
        }
        if (state.rcuDepth() > 0) {
            throw new Refusal(Cause.CRITICAL_SECTION, what + " cannot be used inside bpf_rcu_read_lock-ed region");
        }
        if (state.preemptDepth() > 0) {
            throw new Refusal(Cause.CRITICAL_SECTION, what + " cannot be used inside bpf_preempt_disable-ed region");
        }
    }
}
