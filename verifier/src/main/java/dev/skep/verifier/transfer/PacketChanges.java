package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.kernel.HelperLookup;
import dev.skep.verifier.kernel.HelperTrait;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.Subprogram;
import java.util.BitSet;

/** Which functions may move the packet, themselves or through those they call, by looking at their calls alone. */
final class PacketChanges {
    private PacketChanges() {}

    static BitSet of(ProgramCode code, KernelModel kernel, ProgramKind kind) {
        BitSet changing = new BitSet();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Subprogram function : code.functions()) {
                if (!changing.get(function.index()) && changes(code, kernel, kind, function, changing)) {
                    changing.set(function.index());
                    grows = true;
                }
            }
        }
        return changing;
    }

    private static boolean changes(
            ProgramCode code, KernelModel kernel, ProgramKind kind, Subprogram function, BitSet changing) {
        for (int slot = function.start(); slot < function.end(); slot++) {
            if (code.startsAt(slot) && code.at(slot).opcode() == Opcode.CALL && changes(code, kernel, kind, slot, changing)) {
                return true;
            }
        }
        return false;
    }

    private static boolean changes(ProgramCode code, KernelModel kernel, ProgramKind kind, int slot, BitSet changing) {
        Instruction call = code.at(slot);
        if (call.srcReg() == Opcode.BPF_PSEUDO_CALL) {
            return code.functionAt(code.functionTarget(slot))
                    .filter(callee -> changing.get(callee.index()))
                    .isPresent();
        }
        return call.srcReg() == 0
                && kernel.helper(call.imm(), kind) instanceof HelperLookup.Available helper
                && helper.prototype().is(HelperTrait.CHANGES_PACKET_DATA);
    }
}
