package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.state.Entry;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Held;
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
                .orElseThrow(() -> new Refusal(
                        Cause.CONTROL_FLOW,
                        "No program starts at insn " + (slot + instruction.imm() + 1)));
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
        if (state.preemptDepth() > 0) {
            throw new Refusal(
                    Cause.CRITICAL_SECTION,
                    "global function calls are not allowed with preemption disabled,\nuse static function instead");
        }
        if (state.held().stream().anyMatch(held -> held.kind() == Held.Kind.IRQ)) {
            throw new Refusal(
                    Cause.CRITICAL_SECTION,
                    "global function calls are not allowed with IRQs disabled,\nuse static function instead");
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

    private static void enter(ProgramState state, Subprogram callee) {
        if (state.frameCount() >= ProgramState.MAX_FRAMES) {
            throw new Refusal(
                    Cause.STACK_SIZE, "the call stack of " + state.frameCount() + " frames is too deep");
        }
        Frame frame = new Frame(
                state.frameCount(), new Entry(callee.index(), state.slot(), Optional.empty(), state.frame().entry().serial()));
        for (int r = 1; r <= 5; r++) {
            Value argument = state.register(r);
            frame.set(r, argument);
        }
        HelperCalls.forgetScratch(state);
        state.enter(frame);
        state.jumpTo(callee.start());
    }
}
