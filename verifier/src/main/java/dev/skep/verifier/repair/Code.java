package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import java.util.List;

/** Instructions by what they do. Registers are numbers from 0 to 10, sizes are bytes. */
final class Code {
    static final int FRAME_POINTER = 10;

    private Code() {}

    /** {@code register = value}. */
    static Instruction set(int register, int value) {
        return Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV, register, 0, 0, value);
    }

    /** {@code target = source}. */
    static Instruction move(int target, int source) {
        return Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X, target, source, 0, 0);
    }

    /** {@code register += value}. */
    static Instruction add(int register, int value) {
        return Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_ADD, register, 0, 0, value);
    }

    /** An operation of 64 bits with a constant. @param operation one of {@code Opcode.BPF_ADD ...} */
    static Instruction compute(int operation, int register, int value) {
        return Instruction.of(Opcode.BPF_ALU64 | operation, register, 0, 0, value);
    }

    /** {@code target |= source}. */
    static Instruction or(int target, int source) {
        return Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_OR | Opcode.BPF_X, target, source, 0, 0);
    }

    static Instruction load(int size, int target, int base, int offset) {
        return Instruction.of(Opcode.BPF_LDX | Opcode.BPF_MEM | sizeCode(size), target, base, offset, 0);
    }

    static Instruction store(int size, int base, int offset, int source) {
        return Instruction.of(Opcode.BPF_STX | Opcode.BPF_MEM | sizeCode(size), base, source, offset, 0);
    }

    /** {@code *(base + offset) = value}. */
    static Instruction storeConstant(int size, int base, int offset, int value) {
        return Instruction.of(Opcode.BPF_ST | Opcode.BPF_MEM | sizeCode(size), base, 0, offset, value);
    }

    static Instruction call(int helper) {
        return Instruction.of(Opcode.CALL, 0, 0, 0, helper);
    }

    /** Passes over the next {@code skipped} slots if the comparison holds. @param comparison one of {@code Opcode.BPF_JEQ ...} */
    static Instruction skipIf(int comparison, int register, int value, boolean wide, int skipped) {
        int jump = wide ? Opcode.BPF_JMP : Opcode.BPF_JMP32;
        return Instruction.of(jump | comparison, register, 0, skipped, value);
    }

    /** As {@link #skipIf}, of two registers. */
    static Instruction skipIf(int comparison, int register, int other, int skipped) {
        return Instruction.of(Opcode.BPF_JMP | comparison | Opcode.BPF_X, register, other, skipped, 0);
    }

    /** {@code r0 = result; exit}. */
    static List<Instruction> leave(int result) {
        return List.of(set(0, result), Instruction.of(Opcode.EXIT, 0, 0, 0, 0));
    }

    /** Bytes that a load or store accesses. */
    static int accessSize(Instruction access) {
        return switch (access.opcode() & Opcode.BPF_DW) {
            case Opcode.BPF_W -> 4;
            case Opcode.BPF_H -> 2;
            case Opcode.BPF_B -> 1;
            default -> 8;
        };
    }

    private static int sizeCode(int size) {
        return switch (size) {
            case 1 -> Opcode.BPF_B;
            case 2 -> Opcode.BPF_H;
            case 4 -> Opcode.BPF_W;
            default -> Opcode.BPF_DW;
        };
    }
}
