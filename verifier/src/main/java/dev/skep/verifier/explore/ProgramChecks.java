package dev.skep.verifier.explore;

import dev.skep.object.instruction.InstructionSet;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.Limits;
import dev.skep.verifier.program.ProgramCode;

/** What holds for a program as a whole, before its code is looked at ({@code bpf_prog_load}). */
final class ProgramChecks {
    private ProgramChecks() {}

    static void check(ProgramCode code, KernelModel kernel, VerifierOptions options) {
        if (code.spec().type() == ProgramType.UNSPEC) {
            throw new Refusal(
                    Cause.POLICY, "the section '" + code.spec().section() + "' does not say what type of program this is");
        }
        checkLength(code, kernel.limits(), options);
        for (int slot = 0; slot < code.slotCount(); slot++) {
            if (code.startsAt(slot) && !isKnown(code, slot)) {
                throw new Refusal(
                        Cause.INVALID_INSTRUCTION,
                        "unknown opcode %02x".formatted(code.at(slot).opcode()));
            }
        }
    }

    private static boolean isKnown(ProgramCode code, int slot) {
        return InstructionSet.check(code.at(slot))
                .filter(problem -> problem.startsWith("unknown opcode"))
                .isEmpty();
    }

    private static void checkLength(ProgramCode code, Limits limits, VerifierOptions options) {
        int most = options.unprivileged() ? limits.unprivilegedInstructions() : limits.instructions();
        if (code.slotCount() == 0 || code.slotCount() > most) {
            throw new Refusal(
                    Cause.TOO_COMPLEX, "a program has 1 to " + most + " instructions, this one " + code.slotCount());
        }
        if (code.functions().size() > limits.functions()) {
            throw new Refusal(Cause.TOO_COMPLEX, "too many subprograms");
        }
    }
}
