package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.Subprogram;

/** Stack slots of a function that its code does not use. */
final class FreeStack {
    private static final int LARGEST_FRAME = 512;
    private static final int SLOT = 8;

    private int lowest;

    /** @param slot of an instruction of the function */
    FreeStack(ProgramCode code, int slot) {
        Subprogram function = code.functionOf(slot);
        for (int at = function.start(); at < function.end(); at++) {
            if (code.startsAt(at)) {
                lowest = Math.min(lowest, lowestIn(code.at(at)));
            }
        }
        lowest = Math.floorDiv(lowest, SLOT) * SLOT;
    }

    /** The lowest offset from the frame pointer that the instruction may be about, 0 if it is not about the stack. */
    private static int lowestIn(Instruction instruction) {
        return switch (instruction.instructionClass()) {
            case Opcode.BPF_LDX -> instruction.srcReg() == Code.FRAME_POINTER ? instruction.offset() : 0;
            case Opcode.BPF_ST, Opcode.BPF_STX ->
                instruction.dstReg() == Code.FRAME_POINTER ? instruction.offset() : 0;
            case Opcode.BPF_ALU64 -> {
                boolean subtracts = instruction.opcode() == (Opcode.BPF_ALU64 | Opcode.BPF_ADD)
                        && instruction.imm() < 0
                        && instruction.imm() >= -LARGEST_FRAME;
                yield subtracts ? instruction.imm() : 0;
            }
            default -> 0;
        };
    }

    /**
     * Offset of 8 more bytes.
     *
     * @throws CannotRepair if the frame is full
     */
    int next() {
        lowest -= SLOT;
        if (lowest < -LARGEST_FRAME) {
            throw new CannotRepair();
        }
        return lowest;
    }
}
