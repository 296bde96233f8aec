package dev.skep.verifier.program;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;

/** Which stack bytes an instruction by itself is about. */
public final class StackUse {
    private static final int FRAME_POINTER = 10;
    private static final int LARGEST_FRAME = 512;

    private StackUse() {}

    /**
     * The offset from the frame pointer that an instruction names, negative; 0 if it names none. A negative constant that is added to
     * some register counts, as that is how addresses of variables are made.
     */
    public static int lowestOffset(Instruction instruction) {
        return switch (instruction.instructionClass()) {
            case Opcode.BPF_LDX -> instruction.srcReg() == FRAME_POINTER ? instruction.offset() : 0;
            case Opcode.BPF_ST, Opcode.BPF_STX -> instruction.dstReg() == FRAME_POINTER ? instruction.offset() : 0;
            case Opcode.BPF_ALU64 -> {
                boolean subtracts =
                        instruction.opcode() == (Opcode.BPF_ALU64 | Opcode.BPF_ADD) && instruction.imm() < 0;
                yield subtracts && instruction.imm() >= -LARGEST_FRAME ? instruction.imm() : 0;
            }
            default -> 0;
        };
    }
}
