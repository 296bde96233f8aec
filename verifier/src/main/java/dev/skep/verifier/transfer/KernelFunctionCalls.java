package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.state.ProgramState;

/** Calls of kernel functions, by their BTF prototype and flags ({@code check_kfunc_call}). */
final class KernelFunctionCalls {
    private final Environment environment;

    KernelFunctionCalls(Environment environment) {
        this.environment = environment;
    }

    void call(ProgramState state, Instruction instruction) {
        throw new Refusal(
                Cause.POLICY,
                "calling kernel function " + environment.code().reference(state.slot()) + " is not allowed: " + instruction.imm());
    }
}
