package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ProgramPermission;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Uninitialized;
import dev.skep.verifier.value.Value;

/** {@code ldabs} and {@code ldind}: loads from a packet that end the program if the bytes are not there ({@code check_ld_abs}). */
final class LegacyLoads {
    private static final int CONTEXT_REGISTER = 6;

    private final Environment environment;

    LegacyLoads(Environment environment) {
        this.environment = environment;
    }

    void load(ProgramState state, Instruction instruction, boolean indirect) {
        boolean allowed = environment
                .kernel()
                .rules(environment.kind().type())
                .filter(rules -> rules.may(ProgramPermission.LEGACY_PACKET_LOAD))
                .isPresent();
        if (!allowed) {
            throw new Refusal(Cause.POLICY, "BPF_LD_[ABS|IND] instructions not allowed for this program type");
        }
        Value context = Registers.read(state, CONTEXT_REGISTER);
        References.checkNothingHeld(state, "BPF_LD_[ABS|IND]");
        if (!(context instanceof Pointer pointer) || !pointer.isContext()) {
            throw Refusal.ofRegister(
                    Cause.SCALAR_AS_POINTER, CONTEXT_REGISTER, "at the time of BPF_LD_ABS|IND R6 != pointer to skb");
        }
        if (indirect) {
            Registers.read(state, instruction.srcReg());
        }
        Bounds.checkUnmoved(pointer, CONTEXT_REGISTER, Cause.CONTEXT_ACCESS, false);
        EarlyReturn.fork(state, environment, Scalar.ZERO);
        for (int r = 1; r <= 5; r++) {
            state.set(r, Uninitialized.INSTANCE);
        }
        state.set(0, Scalar.UNKNOWN);
    }
}
