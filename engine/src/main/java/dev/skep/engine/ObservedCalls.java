package dev.skep.engine;

import dev.skep.engine.helper.Helper;
import dev.skep.engine.interpreter.CallTargets;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.HelperId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Calls of helpers that an observer is shown before and after. Calls through a register are not: which helper they reach is not known
 * where they are decoded.
 *
 * @param targets what is called
 */
record ObservedCalls(CallTargets targets, RunObserver observer) implements CallTargets {
    @Override
    public Helper target(int slot, Instruction call) {
        Optional<HelperId> named = HelperId.of(call.imm()).filter(helper -> call.srcReg() == 0);
        Helper called = named.filter(observer::answersAlways)
                .map(ObservedCalls::unanswered)
                .orElseGet(() -> targets.target(slot, call));
        return named.map(helper -> observed(slot, helper, called)).orElse(called);
    }

    /** What is called if the observer breaks its word. */
    private static Helper unanswered(HelperId helper) {
        return (run, r1, r2, r3, r4, r5) -> {
            throw run.trap("the observer of this engine does not answer " + helper.functionName());
        };
    }

    private Helper observed(int slot, HelperId helper, Helper called) {
        return (run, r1, r2, r3, r4, r5) -> {
            OptionalLong answer = observer.answers(run, slot, helper, r1, r2, r3);
            if (answer.isPresent()) {
                return answer.getAsLong();
            }
            long result = called.call(run, r1, r2, r3, r4, r5);
            observer.returned(run, slot, helper, r1, r2, result);
            return result;
        };
    }

    @Override
    public Optional<Helper> helper(int number) {
        return targets.helper(number);
    }
}
