package dev.skep.object.instruction;

import static dev.skep.object.instruction.Opcode.*;

/** LLVM's text of the ALU and ALU64 classes. */
final class ArithmeticText {
    private ArithmeticText() {}

    static String of(Instruction i) {
        boolean wide = i.instructionClass() == BPF_ALU64;
        String dst = (wide ? "r" : "w") + i.dstReg();
        String operand = (i.opcode() & BPF_X) == 0 ? Disassembler.hex(i.imm()) : (wide ? "r" : "w") + i.srcReg();
        return switch (i.opcode() & 0xf0) {
            case BPF_NEG -> (i.opcode() & BPF_X) == 0 ? dst + " = -" + dst : Disassembler.UNKNOWN;
            case BPF_END -> byteSwap(i, wide);
            case BPF_MOV -> move(i, wide, dst, operand);
            default -> binary(i, dst, operand);
        };
    }

    private static String binary(Instruction i, String dst, String operand) {
        int code = i.opcode() & 0xf0;
        boolean signed = i.offset() == 1 && (code == BPF_DIV || code == BPF_MOD);
        String operator = operator(code);
        if (operator.isEmpty() || (i.offset() != 0 && !signed)) {
            return Disassembler.UNKNOWN;
        }
        return dst + (signed ? " s" : " ") + operator + "= " + operand;
    }

    /** The operator of an arithmetic code as C writes it, {@code s>>} for the arithmetic shift; "" for none. */
    private static String operator(int code) {
        return switch (code) {
            case BPF_ADD -> "+";
            case BPF_SUB -> "-";
            case BPF_MUL -> "*";
            case BPF_DIV -> "/";
            case BPF_OR -> "|";
            case BPF_AND -> "&";
            case BPF_LSH -> "<<";
            case BPF_RSH -> ">>";
            case BPF_MOD -> "%";
            case BPF_XOR -> "^";
            case BPF_ARSH -> "s>>";
            default -> "";
        };
    }

    private static String move(Instruction i, boolean wide, String dst, String operand) {
        if (i.offset() == 0) {
            return dst + " = " + operand;
        }
        if ((i.opcode() & BPF_X) == 0) {
            return Disassembler.UNKNOWN;
        }
        return switch (i.offset()) {
            case 8, 16 -> dst + " = (s" + i.offset() + ")" + operand;
            case 32 -> wide ? dst + " = (s32)" + operand : Disassembler.UNKNOWN;
            case BPF_ADDR_SPACE_CAST ->
                wide
                        ? "%s = addr_space_cast(%s, 0x%x, 0x%x)"
                                .formatted(dst, operand, i.imm() >>> 16, i.imm() & 0xffff)
                        : Disassembler.UNKNOWN;
            default -> Disassembler.UNKNOWN;
        };
    }

    private static String byteSwap(Instruction i, boolean wide) {
        boolean toBigEndian = (i.opcode() & BPF_X) != 0;
        if ((i.imm() != 16 && i.imm() != 32 && i.imm() != 64) || (wide && toBigEndian)) {
            return Disassembler.UNKNOWN;
        }
        String operation = wide ? "bswap" : toBigEndian ? "be" : "le";
        return "r%d = %s%d r%d".formatted(i.dstReg(), operation, i.imm(), i.dstReg());
    }
}
