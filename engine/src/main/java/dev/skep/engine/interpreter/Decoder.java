package dev.skep.engine.interpreter;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;

/** Turns valid instructions into what the interpreter dispatches on. */
final class Decoder {
    /** {@code BPF_FUNC_tail_call}. */
    static final int TAIL_CALL = 12;

    private final boolean checked;
    private final boolean observed;

    /**
     * @param checked makes every access to memory go through {@link CheckedMemory}
     * @param observed makes every conditional jump go through {@link LogicalCpu#decides}
     */
    Decoder(boolean checked, boolean observed) {
        this.checked = checked;
        this.observed = observed;
    }

    /** The instruction as the interpreter reads it. */
    static long word(int operation, Instruction i) {
        return operation
                | (long) i.dstReg() << 8
                | (long) i.srcReg() << 12
                | (i.offset() & 0xffffL) << 16
                | (long) i.imm() << 32;
    }

    /** The {@link Op} for a valid instruction. */
    int operation(Instruction i) {
        return switch (i.instructionClass()) {
            case Opcode.BPF_ALU64, Opcode.BPF_ALU -> arithmetic(i);
            case Opcode.BPF_JMP -> isControl(i) ? control(i) : conditional(i, 0);
            case Opcode.BPF_JMP32 -> i.opcode() == Opcode.GOTOL ? Op.JA_LONG : conditional(i, Op.JMP32);
            case Opcode.BPF_LD -> i.isWide() ? Op.LDDW : Op.PACKET;
            default -> checked ? Op.CHECKED : memory(i);
        };
    }

    private static int arithmetic(Instruction i) {
        boolean register = (i.opcode() & Opcode.BPF_X) != 0;
        boolean wide = i.instructionClass() == Opcode.BPF_ALU64;
        int code = i.opcode() & 0xf0;
        if (code == Opcode.BPF_END) {
            return byteSwap(i, wide || register);
        }
        if (i.offset() != 0) {
            return register ? Op.RARE_X : Op.RARE_K;
        }
        if (code == Opcode.BPF_NEG) {
            return wide ? Op.NEG64 : Op.NEG32;
        }
        int operation = switch (code) {
            case Opcode.BPF_ADD -> Op.ADD64_K;
            case Opcode.BPF_SUB -> Op.SUB64_K;
            case Opcode.BPF_MUL -> Op.MUL64_K;
            case Opcode.BPF_DIV -> Op.DIV64_K;
            case Opcode.BPF_OR -> Op.OR64_K;
            case Opcode.BPF_AND -> Op.AND64_K;
            case Opcode.BPF_LSH -> Op.LSH64_K;
            case Opcode.BPF_RSH -> Op.RSH64_K;
            case Opcode.BPF_MOD -> Op.MOD64_K;
            case Opcode.BPF_XOR -> Op.XOR64_K;
            case Opcode.BPF_MOV -> Op.MOV64_K;
            case Opcode.BPF_ARSH -> Op.ARSH64_K;
            default -> throw new AssertionError(i);
        };
        return operation + (register ? 1 : 0) + (wide ? 0 : Op.ALU32);
    }

    /** @param swaps true for {@code be} and {@code bswap}, false for {@code le}: the machine is little-endian */
    private static int byteSwap(Instruction i, boolean swaps) {
        if (!swaps) {
            return Op.RARE_K;
        }
        return switch (i.imm()) {
            case 16 -> Op.SWAP16;
            case 32 -> Op.SWAP32;
            case 64 -> Op.SWAP64;
            default -> throw new AssertionError(i);
        };
    }

    private static boolean isControl(Instruction i) {
        return switch (i.opcode()) {
            case Opcode.JA, Opcode.CALL, Opcode.CALLX, Opcode.EXIT, Opcode.MAY_GOTO -> true;
            default -> false;
        };
    }

    private static int control(Instruction i) {
        return switch (i.opcode()) {
            case Opcode.JA -> Op.JA;
            case Opcode.EXIT -> Op.EXIT;
            case Opcode.MAY_GOTO -> Op.MAY_GOTO;
            case Opcode.CALLX -> Op.CALL_REGISTER;
            default ->
                i.srcReg() == Opcode.BPF_PSEUDO_CALL
                        ? Op.CALL_FUNCTION
                        : i.srcReg() == 0 && i.imm() == TAIL_CALL ? Op.TAIL_CALL : Op.CALL_HELPER;
        };
    }

    private int conditional(Instruction i, int width) {
        return observed ? Op.OBSERVED : comparison(i.opcode()) + width;
    }

    private static int comparison(int opcode) {
        int operation = switch (opcode & 0xf0) {
            case Opcode.BPF_JEQ -> Op.JEQ64_K;
            case Opcode.BPF_JGT -> Op.JGT64_K;
            case Opcode.BPF_JGE -> Op.JGE64_K;
            case Opcode.BPF_JSET -> Op.JSET64_K;
            case Opcode.BPF_JNE -> Op.JNE64_K;
            case Opcode.BPF_JSGT -> Op.JSGT64_K;
            case Opcode.BPF_JSGE -> Op.JSGE64_K;
            case Opcode.BPF_JLT -> Op.JLT64_K;
            case Opcode.BPF_JLE -> Op.JLE64_K;
            case Opcode.BPF_JSLT -> Op.JSLT64_K;
            case Opcode.BPF_JSLE -> Op.JSLE64_K;
            default -> throw new AssertionError(opcode);
        };
        return operation + ((opcode & Opcode.BPF_X) != 0 ? 1 : 0);
    }

    private static int memory(Instruction i) {
        int mode = i.opcode() & 0xe0;
        if (mode == Opcode.BPF_ATOMIC) {
            return Op.ATOMIC;
        }
        if (mode == Opcode.BPF_MEMSX) {
            return Op.LDX_SIGNED;
        }
        int size = switch (i.opcode() & 0x18) {
            case Opcode.BPF_B -> 0;
            case Opcode.BPF_H -> 1;
            case Opcode.BPF_W -> 2;
            default -> 3;
        };
        return size
                + switch (i.instructionClass()) {
                    case Opcode.BPF_LDX -> Op.LDX_B;
                    case Opcode.BPF_ST -> Op.ST_B;
                    default -> Op.STX_B;
                };
    }
}
