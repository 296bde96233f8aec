package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFunction;
import dev.skep.verifier.kernel.KernelFunctionFlag;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** Calls of kernel functions, by their BTF prototype and flags ({@code check_kfunc_call}). */
final class KernelFunctionCalls {
    /** What a resilient lock returns that was not taken: some errno. */
    private static final Range ERRNO = Range.signed(-4095, -1).normalized();

    private final Environment environment;
    private final KernelFunctionLookup lookup;
    private final KernelFunctionArguments arguments;
    private final KernelFunctionResults results;
    private final Iterators iterators;
    private final Graphs graphs;
    private final Callbacks callbacks;
    private final References references;
    private final Exits exits;

    KernelFunctionCalls(
            Environment environment, Memory accesses, Callbacks callbacks, References references, Exits exits) {
        this.environment = environment;
        this.callbacks = callbacks;
        this.references = references;
        this.exits = exits;
        lookup = new KernelFunctionLookup(environment);
        iterators = new Iterators(environment, accesses, references);
        arguments = new KernelFunctionArguments(environment, accesses, references, iterators);
        results = new KernelFunctionResults(environment, references);
        graphs = new Graphs(environment, references);
    }

    /** The call at {@code slot} advances an iterator, so that a loop may close there. */
    boolean advancesIterator(int slot) {
        return known(slot)
                .filter(function -> function.is(KernelFunctionFlag.ITER_NEXT))
                .isPresent();
    }

    /** The call at {@code slot} calls a function of the program before it returns. */
    boolean callsBack(int slot) {
        return known(slot)
                .filter(function -> function.name().equals("bpf_rbtree_add_impl"))
                .isPresent();
    }

    private Optional<KernelFunction> known(int slot) {
        return KernelFunctionLookup.known(environment.code(), environment.kernel(), slot);
    }

    /** @return false if the path ends here: an exception is thrown */
    boolean call(ProgramState state, Instruction instruction) {
        KernelFunctionCallee callee = lookup.find(state.slot(), instruction);
        environment.useKernelFunction(callee.name());
        checkLocked(state, callee.name());
        if (callee.is(KernelFunctionFlag.SLEEPABLE) && !state.sleepable()) {
            throw new Refusal(Cause.SLEEPING, "program must be sleepable to call sleepable kfunc " + callee.name());
        }
        if (callee.isNamed("__bpf_trap")) {
            throw new Refusal(Cause.UNREACHABLE_CODE, "unexpected __bpf_trap() due to uninitialized variable?");
        }
        if (Sections.takesLock(callee)) {
            putFailureAside(state);
        }
        KernelFunctionFacts facts = new KernelFunctionFacts(callee);
        arguments.check(state, facts);
        callBack(state, facts);
        Sections.apply(state, callee, environment.kernel());
        release(state, facts);
        if (callee.isNamed("bpf_throw")) {
            exits.thrown(state);
            return false;
        }
        finish(state, facts);
        return true;
    }

    private static void checkLocked(ProgramState state, String name) {
        boolean allowed =
                Graphs.isGraphCall(name) || name.startsWith("bpf_iter_num_") || name.startsWith("bpf_res_spin_");
        if (state.holdsLock() && !allowed) {
            throw new Refusal(Cause.LOCK, "function calls are not allowed while holding a lock");
        }
    }

    /** A resilient lock may not be had: a path on which nothing is held. */
    private void putFailureAside(ProgramState state) {
        ProgramState failure = state.copy();
        HelperCalls.forgetScratch(failure);
        failure.set(0, Scalar.of(ERRNO));
        failure.jumpTo(state.slot() + 1);
        environment.paths().fork(failure);
    }

    private void callBack(ProgramState state, KernelFunctionFacts facts) {
        switch (facts.callee.name()) {
            case "bpf_rbtree_add_impl" -> callbacks.less(state, facts);
            case "bpf_wq_set_callback_impl" -> callbacks.workQueue(state, facts);
            case "bpf_task_work_schedule_signal_impl", "bpf_task_work_schedule_resume_impl" ->
                callbacks.taskWork(state, facts);
            default -> {}
        }
    }

    private void release(ProgramState state, KernelFunctionFacts facts) {
        KernelFunctionCallee callee = facts.callee;
        if (facts.releasedRegister != CallFacts.NONE && !references.release(state, facts.referenceId)) {
            throw notAcquired(callee, facts.releasedRegister);
        }
        if (!Graphs.links(callee)) {
            return;
        }
        int reference = ((Pointer) state.register(2)).referenceId();
        if (!state.holds(reference)) {
            throw notAcquired(callee, 2);
        }
        graphs.giveUp(state, reference);
    }

    private static Refusal notAcquired(KernelFunctionCallee callee, int register) {
        return Refusal.ofRegister(
                Cause.REFERENCE, register, "kfunc " + callee.label() + " reference has not been acquired before");
    }

    private void finish(ProgramState state, KernelFunctionFacts facts) {
        Value result = results.of(state, facts);
        HelperCalls.forgetScratch(state);
        state.set(0, result);
        if (facts.callee.isNamed("bpf_xdp_pull_data")) {
            HelperCalls.forgetPackets(state, environment);
        }
        if (facts.callee.is(KernelFunctionFlag.ITER_NEXT)) {
            iterators.advance(state, facts);
        }
    }
}
