package dev.skep.verifier.explore;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.Subprogram;
import java.util.BitSet;

/** No callback throws, nor what it calls: the frames of the helper between could not be unwound ({@code check_max_stack_depth_subprog}). */
final class ExceptionPlaces {
    private final ProgramCode code;
    private final BitSet seen = new BitSet();

    private ExceptionPlaces(ProgramCode code) {
        this.code = code;
    }

    /** @throws Refusal if a callback throws */
    static void check(ProgramCode code) {
        ExceptionPlaces places = new ExceptionPlaces(code);
        for (int slot = 0; slot < code.slotCount(); slot++) {
            if (code.startsAt(slot) && isFunctionAddress(code.at(slot))) {
                code.functionAt(code.functionTarget(slot)).ifPresent(places::visit);
            }
        }
    }

    private static boolean isFunctionAddress(Instruction instruction) {
        return instruction.isWide() && instruction.srcReg() == Opcode.BPF_PSEUDO_FUNC;
    }

    private void visit(Subprogram function) {
        if (seen.get(function.index())) {
            return;
        }
        seen.set(function.index());
        for (int slot = function.start(); slot < function.end(); slot++) {
            if (code.startsAt(slot)) {
                if (throwsAt(slot)) {
                    throw new Refusal(
                            Cause.EXCEPTION,
                            "bpf_throw kfunc (insn " + slot + ") cannot be called from callback subprog "
                                    + function.index());
                }
                code.functionAt(code.functionTarget(slot)).ifPresent(this::visit);
            }
        }
    }

    private boolean throwsAt(int slot) {
        return code.kernelFunction(slot).filter("bpf_throw"::equals).isPresent();
    }
}
