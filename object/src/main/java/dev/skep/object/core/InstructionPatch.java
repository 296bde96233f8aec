package dev.skep.object.core;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import java.util.Optional;

/** Puts a relocation's number into an instruction (libbpf, {@code bpf_core_patch_insn}). */
final class InstructionPatch {
    /**
     * Stands where a relocation found nothing: a call of a helper that does not exist, 0xbad2310. Harmless in code that is
     * never reached; otherwise the verifier says {@code invalid func unknown#195896080}.
     */
    static final Instruction POISON = Instruction.of(Opcode.CALL, 0, 0, 0, 0xbad2310);

    private static final String DISAGREEMENT = "the object's code and .BTF.ext disagree; compile it again";

    private static final int SIZE_MASK = 0x18;

    private InstructionPatch() {}

    /**
     * The instruction with the number in it; empty if it must be poisoned.
     *
     * @throws CoreFailure if the instruction is not what the compiler should have written, or cannot hold the number
     */
    static Optional<Instruction> apply(Instruction instruction, Patch patch) {
        if (patch.poison()) {
            return Optional.empty();
        }
        return switch (instruction.instructionClass()) {
            case Opcode.BPF_ALU, Opcode.BPF_ALU64 -> Optional.of(arithmetic(instruction, patch));
            case Opcode.BPF_LDX, Opcode.BPF_ST, Opcode.BPF_STX -> memory(instruction, patch);
            case Opcode.BPF_LD -> Optional.of(wideLoad(instruction, patch));
            default -> throw unexpected("a jump, which has nothing to relocate");
        };
    }

    /** What the compiler put into the instruction: the immediate, or the offset of loads and stores. */
    static long currentValue(Instruction instruction) {
        if (accessesMemory(instruction)) {
            return instruction.offset();
        }
        return instruction.isWide() ? instruction.imm64() : instruction.imm();
    }

    private static boolean accessesMemory(Instruction instruction) {
        return switch (instruction.instructionClass()) {
            case Opcode.BPF_LDX, Opcode.BPF_ST, Opcode.BPF_STX -> true;
            default -> false;
        };
    }

    private static Instruction arithmetic(Instruction instruction, Patch patch) {
        if ((instruction.opcode() & Opcode.BPF_X) != 0) {
            throw unexpected("arithmetic on two registers, which has no constant to relocate");
        }
        check(instruction, patch);
        return instruction.withImm((int) patch.newValue());
    }

    private static Instruction wideLoad(Instruction instruction, Patch patch) {
        if (!instruction.isWide() || instruction.srcReg() != 0) {
            throw unexpected("a load of something else than a 64-bit constant");
        }
        boolean signAlone = instruction.imm64() != patch.oldValue() && instruction.imm() == (int) patch.oldValue();
        if (patch.checked() && signAlone) {
            throw new CoreFailure(
                    mismatch(instruction, patch) + ": libbpf sign-extends 32-bit enumerators, clang does not",
                    "give the enum a value of more than 32 bits, which makes all of them 64 bits wide");
        }
        check(instruction, patch);
        return instruction.withPseudo(0, patch.newValue());
    }

    private static Optional<Instruction> memory(Instruction instruction, Patch patch) {
        check(instruction, patch);
        if (Long.compareUnsigned(patch.newValue(), Short.MAX_VALUE) > 0) {
            throw new CoreFailure(
                    "the field's offset in the target, " + Long.toUnsignedString(patch.newValue())
                            + ", does not fit the 16 bits a load or store has",
                    "take the field's address first, for example with bpf_core_read");
        }
        if (patch.resizeFails()) {
            return Optional.empty();
        }
        int opcode = instruction.opcode();
        if (patch.oldSize() != patch.newSize()) {
            int size = sizeInBytes(opcode);
            if (size != patch.oldSize()) {
                throw unexpected("an access of " + size + " bytes to a field of " + patch.oldSize());
            }
            opcode = (opcode & ~SIZE_MASK) | sizeCode(patch.newSize());
        }
        return Optional.of(Instruction.of(
                opcode, instruction.dstReg(), instruction.srcReg(), (short) patch.newValue(), instruction.imm()));
    }

    private static int sizeInBytes(int opcode) {
        return switch (opcode & SIZE_MASK) {
            case Opcode.BPF_DW -> 8;
            case Opcode.BPF_W -> 4;
            case Opcode.BPF_H -> 2;
            default -> 1;
        };
    }

    private static int sizeCode(long bytes) {
        return switch ((int) bytes) {
            case 8 -> Opcode.BPF_DW;
            case 4 -> Opcode.BPF_W;
            case 2 -> Opcode.BPF_H;
            case 1 -> Opcode.BPF_B;
            default ->
                throw new CoreFailure(
                        "the field has " + bytes + " bytes in the target, and no load or store has that size",
                        "read it with bpf_core_read");
        };
    }

    private static void check(Instruction instruction, Patch patch) {
        if (patch.checked() && currentValue(instruction) != patch.oldValue()) {
            throw new CoreFailure(mismatch(instruction, patch), DISAGREEMENT);
        }
    }

    private static String mismatch(Instruction instruction, Patch patch) {
        return "the instruction to relocate is one with the value " + currentValue(instruction)
                + " where the types say " + patch.oldValue();
    }

    private static CoreFailure unexpected(String what) {
        return new CoreFailure("the instruction to relocate is " + what, DISAGREEMENT);
    }
}
