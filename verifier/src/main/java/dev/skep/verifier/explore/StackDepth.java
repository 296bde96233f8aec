package dev.skep.verifier.explore;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.transfer.Environment;
import java.util.ArrayDeque;
import java.util.Deque;

/** The stack of every chain of calls together ({@code check_max_stack_depth}). */
final class StackDepth {
    private static final int MOST_BYTES = 512;
    private static final int MOST_FRAMES = 8;
    private static final int MOST_BEFORE_TAIL_CALL = 256;
    private static final int ROUNDED_TO = 16;

    private final ProgramCode code;
    private final Environment environment;
    private final Deque<Integer> chain = new ArrayDeque<>();
    private int deepest;

    private StackDepth(ProgramCode code, Environment environment) {
        this.code = code;
        this.environment = environment;
    }

    /** @return the bytes of the deepest chain @throws Refusal if there are more than 512, or more than 8 frames */
    static int check(ProgramCode code, Environment environment) {
        StackDepth depth = new StackDepth(code, environment);
        depth.enter(code.functions().getFirst(), 0);
        return depth.deepest;
    }

    private void enter(Subprogram function, int above) {
        if (chain.contains(function.index())) {
            throw new Refusal(Cause.STACK_SIZE, "recursive call from " + function.name() + "() to itself");
        }
        if (chain.size() >= MOST_FRAMES) {
            throw new Refusal(Cause.STACK_SIZE, "the call stack of " + (chain.size() + 1) + " frames is too deep !");
        }
        if (above >= MOST_BEFORE_TAIL_CALL && tailCalls(function)) {
            throw new Refusal(
                    Cause.TAIL_CALL,
                    "tail_calls are not allowed when call stack of previous frames is " + above
                            + " bytes. Too large");
        }
        int own = environment.stackDepth(function.index());
        int total = above + (own + ROUNDED_TO - 1) / ROUNDED_TO * ROUNDED_TO;
        if (total > MOST_BYTES) {
            throw new Refusal(
                    Cause.STACK_SIZE,
                    "combined stack size of %d calls is %d. Too large".formatted(chain.size() + 1, total));
        }
        deepest = Math.max(deepest, total);
        chain.push(function.index());
        for (int slot = function.start(); slot < function.end(); slot++) {
            if (code.startsAt(slot) && code.functionTarget(slot) >= 0) {
                int below = total;
                code.functionAt(code.functionTarget(slot)).ifPresent(callee -> enter(callee, below));
            }
        }
        chain.pop();
    }

    private boolean tailCalls(Subprogram function) {
        for (int slot = function.start(); slot < function.end(); slot++) {
            if (code.startsAt(slot)) {
                Instruction instruction = code.at(slot);
                if (instruction.opcode() == Opcode.CALL
                        && instruction.srcReg() == 0
                        && instruction.imm() == HelperId.TAIL_CALL.number()) {
                    return true;
                }
            }
        }
        return false;
    }
}
