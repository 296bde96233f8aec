package dev.skep.object.instruction;

import static dev.skep.object.instruction.Opcode.*;

/** LLVM's text of the JMP and JMP32 classes. */
final class JumpText {
    private JumpText() {}

    static String of(Instruction i) {
        return switch (i.opcode()) {
            case JA -> "goto " + Disassembler.distance(i.offset());
            case GOTOL -> "gotol " + Disassembler.distance(i.imm());
            case MAY_GOTO -> "may_goto " + Disassembler.distance(i.offset());
            case CALL -> "call " + Disassembler.hex(i.imm());
            case CALLX -> "callx r" + i.dstReg();
            case EXIT -> i.imm() == 0 ? "exit" : Disassembler.UNKNOWN;
            default -> conditional(i);
        };
    }

    /** True for the jumps in which LLVM does not look at the destination register. */
    static boolean ignoresDst(Instruction i) {
        return switch (i.opcode()) {
            case JA, GOTOL, MAY_GOTO, CALL, EXIT -> true;
            default -> false;
        };
    }

    private static String conditional(Instruction i) {
        String operator = operator(i.opcode() & 0xf0);
        if (operator.isEmpty()) {
            return Disassembler.UNKNOWN;
        }
        String prefix = i.instructionClass() == BPF_JMP32 ? "w" : "r";
        String operand = (i.opcode() & BPF_X) == 0 ? Disassembler.hex(i.imm()) : prefix + i.srcReg();
        return "if " + prefix + i.dstReg() + " " + operator + " " + operand + " goto "
                + Disassembler.distance(i.offset());
    }

    /** The comparison of a jump code as C writes it, with {@code s} before signed ones; "" for none. */
    private static String operator(int code) {
        return switch (code) {
            case BPF_JEQ -> "==";
            case BPF_JGT -> ">";
            case BPF_JGE -> ">=";
            case BPF_JSET -> "&";
            case BPF_JNE -> "!=";
            case BPF_JSGT -> "s>";
            case BPF_JSGE -> "s>=";
            case BPF_JLT -> "<";
            case BPF_JLE -> "<=";
            case BPF_JSLT -> "s<";
            case BPF_JSLE -> "s<=";
            default -> "";
        };
    }
}
