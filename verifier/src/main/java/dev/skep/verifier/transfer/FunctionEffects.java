package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.kernel.HelperLookup;
import dev.skep.verifier.kernel.HelperTrait;
import dev.skep.verifier.kernel.KernelFunctionFlag;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.Subprogram;
import java.util.BitSet;
import java.util.function.IntPredicate;

/** What functions do, themselves or through those they call, by looking at their calls alone ({@code merge_callee_effects}). */
final class FunctionEffects {
    private final ProgramCode code;
    private final KernelModel kernel;
    private final ProgramKind kind;

    FunctionEffects(ProgramCode code, KernelModel kernel, ProgramKind kind) {
        this.code = code;
        this.kernel = kernel;
        this.kind = kind;
    }

    /** Functions that may move the packet. */
    BitSet movePacket() {
        return spread(slot -> isHelperWith(slot, HelperTrait.CHANGES_PACKET_DATA)
                || KernelFunctionLookup.known(code, kernel, slot)
                        .filter(function -> function.name().equals("bpf_xdp_pull_data"))
                        .isPresent());
    }

    /** Functions that might sleep. */
    BitSet sleep() {
        return spread(slot -> isHelperWith(slot, HelperTrait.MIGHT_SLEEP)
                || KernelFunctionLookup.known(code, kernel, slot)
                        .filter(function -> function.is(KernelFunctionFlag.SLEEPABLE))
                        .isPresent());
    }

    private boolean isHelperWith(int slot, HelperTrait trait) {
        Instruction call = code.at(slot);
        return call.srcReg() == 0
                && kernel.helper(call.imm(), kind) instanceof HelperLookup.Available helper
                && helper.prototype().is(trait);
    }

    /** Functions with a call that does it, and all that call these. */
    private BitSet spread(IntPredicate does) {
        BitSet affected = new BitSet();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Subprogram function : code.functions()) {
                if (!affected.get(function.index()) && hasCall(function, does, affected)) {
                    affected.set(function.index());
                    grows = true;
                }
            }
        }
        return affected;
    }

    private boolean hasCall(Subprogram function, IntPredicate does, BitSet affected) {
        for (int slot = function.start(); slot < function.end(); slot++) {
            if (code.startsAt(slot)
                    && code.at(slot).opcode() == Opcode.CALL
                    && (does.test(slot) || callsOneOf(slot, affected))) {
                return true;
            }
        }
        return false;
    }

    private boolean callsOneOf(int slot, BitSet affected) {
        return code.at(slot).srcReg() == Opcode.BPF_PSEUDO_CALL
                && code.functionAt(code.functionTarget(slot))
                        .filter(callee -> affected.get(callee.index()))
                        .isPresent();
    }
}
