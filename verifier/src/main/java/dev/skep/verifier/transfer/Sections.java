package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.kernel.KernelFunctionFlag;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;

/** Sections under RCU, without preemption or without interrupts: their begin and end, and what must not be done in them. */
final class Sections {
    private Sections() {}

    /** Begins or ends a section, if that is what the call does, and refuses sleeping in one. */
    static void apply(ProgramState state, KernelFunctionCallee callee, KernelModel kernel) {
        applyRcu(state, callee, kernel.has(KernelFeature.NESTED_RCU_SECTIONS));
        applyPreemption(state, callee);
        boolean irq = state.held().stream().anyMatch(held -> held.kind() == Held.Kind.IRQ);
        if (irq && callee.is(KernelFunctionFlag.SLEEPABLE)) {
            throw sleeps(callee, "IRQ-disabled region");
        }
    }

    /** The kind of lock that a function of the resilient ones takes or gives back. */
    static Held.Kind lockOf(KernelFunctionCallee callee) {
        return callee.name().contains("irq") ? Held.Kind.RES_SPIN_LOCK_IRQ : Held.Kind.RES_SPIN_LOCK;
    }

    /** The call takes a resilient lock, or fails to. */
    static boolean takesLock(KernelFunctionCallee callee) {
        return callee.isNamed("bpf_res_spin_lock") || callee.isNamed("bpf_res_spin_lock_irqsave");
    }

    private static Refusal sleeps(KernelFunctionCallee callee, String where) {
        return new Refusal(Cause.SLEEPING, "kernel func " + callee.name() + " is sleepable within " + where);
    }

    private static void applyRcu(ProgramState state, KernelFunctionCallee callee, boolean nests) {
        boolean locks = callee.isNamed("bpf_rcu_read_lock");
        boolean unlocks = callee.isNamed("bpf_rcu_read_unlock");
        int depth = state.rcuDepth();
        if (depth > 0 && (locks || unlocks) && Callbacks.isInTreeCallback(state)) {
            throw new Refusal(
                    Cause.CRITICAL_SECTION, "Calling bpf_rcu_read_{lock,unlock} in unnecessary rbtree callback");
        }
        if (locks) {
            if (depth > 0 && !nests) {
                throw new Refusal(
                        Cause.CRITICAL_SECTION, "nested rcu read lock (kernel function " + callee.name() + ")");
            }
            state.setRcuDepth(depth + 1);
        } else if (unlocks) {
            if (depth == 0) {
                throw new Refusal(
                        Cause.CRITICAL_SECTION, "unmatched rcu read unlock (kernel function " + callee.name() + ")");
            }
            state.setRcuDepth(depth - 1);
            if (depth == 1) {
                state.replaceValues(Sections::withoutRcu);
                Iterators.endRcu(state);
            }
        } else if (depth > 0 && callee.is(KernelFunctionFlag.SLEEPABLE)) {
            throw sleeps(callee, "rcu_read_lock region");
        }
    }

    /** Without the section an object may be gone: the pointer may still be read through, with care. */
    private static Value withoutRcu(Value value) {
        if (!(value instanceof Pointer pointer)
                || !(pointer.region() instanceof Region.KernelObject object)
                || object.trust() != Trust.RCU) {
            return value;
        }
        return pointer.nonNull(object.withTrust(Trust.UNTRUSTED), pointer.id());
    }

    private static void applyPreemption(ProgramState state, KernelFunctionCallee callee) {
        int depth = state.preemptDepth();
        if (callee.isNamed("bpf_preempt_disable")) {
            state.setPreemptDepth(depth + 1);
        } else if (callee.isNamed("bpf_preempt_enable")) {
            if (depth == 0) {
                throw new Refusal(
                        Cause.CRITICAL_SECTION,
                        "unmatched attempt to enable preemption (kernel function " + callee.name() + ")");
            }
            state.setPreemptDepth(depth - 1);
        } else if (depth > 0 && callee.is(KernelFunctionFlag.SLEEPABLE)) {
            throw sleeps(callee, "non-preemptible region");
        }
    }
}
