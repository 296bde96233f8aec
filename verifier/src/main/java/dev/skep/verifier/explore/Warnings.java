package dev.skep.verifier.explore;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Place;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.Warning;
import dev.skep.verifier.explain.Source;
import dev.skep.verifier.kernel.HelperLookup;
import dev.skep.verifier.kernel.HelperPrototype;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.kernel.ReturnType;
import dev.skep.verifier.kernel.TypeModifier;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.RegisterLiveness;
import java.util.ArrayList;
import java.util.List;

/** What is doubtful about a program that is accepted. */
final class Warnings {
    /** From so many hundredths of a limit on it is near. */
    private static final int NEAR = 80;

    private final ProgramCode code;
    private final List<Warning> found = new ArrayList<>();

    private Warnings(ProgramCode code) {
        this.code = code;
    }

    static List<Warning> of(
            ProgramCode code,
            KernelModel kernel,
            VerifierOptions options,
            RegisterLiveness liveness,
            Statistics statistics) {
        Warnings warnings = new Warnings(code);
        warnings.checkLimit(
                statistics.instructionsProcessed(), options.instructionLimit(), "instructions were followed");
        warnings.checkLimit(
                statistics.stackDepth(), kernel.limits().stackBytes(), "bytes of stack are used by the deepest calls");
        warnings.checkResults(kernel, liveness);
        return List.copyOf(warnings.found);
    }

    private void checkLimit(long used, long limit, String what) {
        if (used * 100 >= limit * NEAR) {
            found.add(new Warning(Warning.Kind.NEAR_LIMIT, Place.PROGRAM, used + " of at most " + limit + " " + what));
        }
    }

    /** A helper that fills memory and may fail leaves zeros or nothing there: its result should be looked at. */
    private void checkResults(KernelModel kernel, RegisterLiveness liveness) {
        Source source = Source.of(code.object(), code.image());
        for (int slot = 0; slot < code.slotCount(); slot++) {
            if (!code.startsAt(slot)) {
                continue;
            }
            Instruction call = code.at(slot);
            boolean helper = call.opcode() == Opcode.CALL && call.srcReg() == 0;
            if (helper
                    && code.startsAt(slot + 1)
                    && (liveness.before(slot + 1) & 1) == 0
                    && kernel.helper(call.imm(), ProgramKind.of(code.spec()))
                            instanceof HelperLookup.Available available
                    && fillsAndMayFail(available.prototype())) {
                found.add(
                        new Warning(
                                Warning.Kind.UNCHECKED_RESULT,
                                source.at(slot),
                                "the result of " + available.prototype().id().functionName()
                                        + "() is not looked at: if it fails, what it should have filled is not what was asked for"));
            }
        }
    }

    private static boolean fillsAndMayFail(HelperPrototype helper) {
        return helper.returns().kind() == ReturnType.Kind.INTEGER
                && helper.arguments().stream().anyMatch(argument -> argument.is(TypeModifier.UNINIT));
    }
}
