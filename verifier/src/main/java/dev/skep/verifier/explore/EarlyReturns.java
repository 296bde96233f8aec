package dev.skep.verifier.explore;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.Subprogram;

/**
 * Tail calls and legacy packet loads end a function early, with a number of the kernel's choosing as its result. Functions that have
 * them must be known to return a number ({@code check_abnormal_return}, {@code check_btf_func}).
 */
final class EarlyReturns {
    private EarlyReturns() {}

    /** @throws Refusal if a function other than the program itself has one and does not return {@code int} */
    static void check(ProgramCode code) {
        for (Subprogram function : code.functions()) {
            if (function.index() == 0) {
                continue;
            }
            for (int slot = function.start(); slot < function.end(); slot++) {
                if (code.startsAt(slot)) {
                    check(code, function, slot);
                }
            }
        }
    }

    private static void check(ProgramCode code, Subprogram function, int slot) {
        Instruction instruction = code.at(slot);
        boolean loads = instruction.instructionClass() == Opcode.BPF_LD && !instruction.isWide();
        boolean tailCall = code.callsHelper(slot, HelperId.TAIL_CALL);
        if (!loads && !tailCall) {
            return;
        }
        Cause cause = tailCall ? Cause.TAIL_CALL : Cause.RETURN_VALUE;
        String what = tailCall ? "tail_call" : "LD_ABS";
        if (function.typeId() == 0) {
            throw new Refusal(cause, what + " is not allowed in subprogs without BTF");
        }
        if (!returnsNumber(code.object().btf(), function.typeId())) {
            throw new Refusal(cause, what + " is only allowed in functions that return 'int'.");
        }
    }

    private static boolean returnsNumber(Btf types, int function) {
        return types.type(function) instanceof BtfType.Function named
                && types.type(named.prototype()) instanceof BtfType.FunctionPrototype prototype
                && (types.type(types.strip(prototype.returnType())) instanceof BtfType.Int
                        || types.type(types.strip(prototype.returnType())) instanceof BtfType.Enumeration);
    }
}
