package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.state.Entry;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** Calls of the program's own functions: static ones are followed, global ones are taken at their word ({@code check_func_call}). */
final class FunctionCalls {
    private final Environment environment;
    private final GlobalArguments globals;

    FunctionCalls(Environment environment, Memory memory) {
        this.environment = environment;
        globals = new GlobalArguments(environment, memory);
    }

    void call(ProgramState state, Instruction instruction) {
        int slot = state.slot();
        Subprogram callee = environment
                .code()
                .functionAt(environment.code().functionTarget(slot))
                .orElseThrow(() ->
                        new Refusal(Cause.CONTROL_FLOW, "No program starts at insn " + (slot + instruction.imm() + 1)));
        if (environment.exceptionCallback().orElse(-1) == callee.index()) {
            throw new Refusal(Cause.EXCEPTION, "insn " + slot + " cannot call exception cb directly");
        }
        if (callee.isGlobal()) {
            callGlobal(state, callee);
        } else {
            enter(state, callee);
        }
    }

    private void callGlobal(ProgramState state, Subprogram callee) {
        if (state.holdsLock()) {
            throw new Refusal(
                    Cause.LOCK,
                    "global function calls are not allowed while holding a lock,\nuse static function instead");
        }
        if (environment.maySleep(callee) && !TrustRules.maySleepNow(state)) {
            throw new Refusal(Cause.SLEEPING, """
                    global functions that may sleep are not allowed in non-sleepable context,
                    i.e., in a RCU/IRQ/preempt-disabled section, or in
                    a non-sleepable BPF program context.""");
        }
        globals.checkCall(state, callee);
        environment.calledFunctions().set(callee.index());
        HelperCalls.forgetScratch(state);
        if (environment.changesPackets(callee)) {
            HelperCalls.forgetPackets(state, environment);
        }
        state.set(0, Scalar.UNKNOWN);
        state.jumpTo(state.slot() + 1);
    }

    private void enter(ProgramState state, Subprogram callee) {
        if (state.holdsLock()) {
            environment.demand(
                    KernelFeature.CALLS_WITH_LOCK, state.slot(), "function calls are not allowed while holding a lock");
        }
        if (state.frameCount() >= ProgramState.MAX_FRAMES) {
            throw new Refusal(Cause.STACK_SIZE, "the call stack of " + state.frameCount() + " frames is too deep");
        }
        Frame frame = new Frame(
                state.frameCount(),
                new Entry(
                        callee.index(),
                        state.slot(),
                        Optional.empty(),
                        state.frame().entry().serial()));
        for (int r = 1; r <= 5; r++) {
            Value argument = state.register(r);
            frame.set(r, argument);
        }
        HelperCalls.forgetScratch(state);
        state.enter(frame);
        state.jumpTo(callee.start());
    }
}
