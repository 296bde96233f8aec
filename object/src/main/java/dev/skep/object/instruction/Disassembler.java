package dev.skep.object.instruction;

import static dev.skep.object.instruction.Opcode.*;

/**
 * Writes one instruction as text.
 *
 * <p>In the style {@link TextStyle#LLVM} this is what {@code llvm-objdump-19 -d --no-show-raw-insn} prints after the colon,
 * byte for byte, for any bytes at all: {@code <unknown>} for what LLVM cannot decode, and an ordinary text for instructions
 * that are invalid only because a reserved field is not zero. There are three exceptions, where LLVM 19 fails at a valid
 * instruction; they are taken from where LLVM gets it right:
 *
 * <ul>
 *   <li>32-bit atomic operations other than the plain addition (opcode 0xc3, imm not 0): {@code <unknown>}, or for a
 *       fetching addition the text of a plain one. Written as {@code llvm-objdump-19 --mcpu=v3} does.
 *   <li>load-acquire of 4 and 8 bytes: mistaken for an atomic addition. Written as by LLVM 22.
 *   <li>load-acquire of 1 and 2 bytes and store-release: {@code <unknown>}. Written as by LLVM 22.
 * </ul>
 *
 * <p>LLVM's text is ambiguous in four places, which {@link TextStyle#EXACT} makes explicit: {@code call} does not tell
 * program-local functions ({@code call pc+0x5}) and kernel functions ({@code call kfunc 0x5}, {@code call kfunc 0x5, 0x1}
 * with an fd_array index) from helpers; an indirect packet load hides its constant ({@code skb[r2 + 0x5]});
 * {@code ld_pseudo} hides the upper half (a fourth operand); and reserved fields are not shown ({@code .raw}).
 */
public final class Disassembler {
    /** LLVM's text for bytes it cannot decode. */
    public static final String UNKNOWN = "<unknown>";

    /** LLVM names r11, though no program may use it. */
    private static final int LAST_NAMED_REGISTER = 11;

    private Disassembler() {}

    /** The text of {@code instruction} in the style {@link TextStyle#LLVM}. */
    public static String text(Instruction instruction) {
        return text(instruction, TextStyle.LLVM);
    }

    /** The text of {@code instruction} in the style asked for; never with jump targets by name, which needs a listing. */
    public static String text(Instruction instruction, TextStyle style) {
        return switch (style) {
            case LLVM -> llvm(instruction, false);
            case LLVM_ALU32 -> llvm(instruction, true);
            case EXACT -> exact(instruction);
        };
    }

    private static String exact(Instruction i) {
        if (!InstructionSet.isValid(i)) {
            return raw(i);
        }
        if (i.opcode() == CALL && i.srcReg() == BPF_PSEUDO_CALL) {
            return "call pc" + distance(i.imm());
        }
        if (i.opcode() == CALL && i.srcReg() == BPF_PSEUDO_KFUNC_CALL) {
            return "call kfunc " + hex(i.imm()) + (i.offset() == 0 ? "" : ", " + hex(i.offset()));
        }
        if (i.isWide() && i.srcReg() != 0 && i.nextImm() != 0) {
            return llvm(i, false) + ", " + unsignedHex(i.nextImm());
        }
        if (isIndirectPacketLoad(i) && i.imm() != 0) {
            return "r0 = *(" + unsigned(i) + " *)skb[r" + i.srcReg() + displacement(i.imm()) + "]";
        }
        return llvm(i, false);
    }

    /** A directive that holds the encoded bytes. */
    private static String raw(Instruction instruction) {
        StringBuilder text = new StringBuilder(".raw");
        for (byte b : Instructions.of(instruction).encode()) {
            text.append(" %02x".formatted(b));
        }
        return text.toString();
    }

    private static boolean isIndirectPacketLoad(Instruction i) {
        return i.instructionClass() == BPF_LD && (i.opcode() & 0xe0) == BPF_IND;
    }

    private static String llvm(Instruction i, boolean alu32) {
        if ((i.dstReg() > LAST_NAMED_REGISTER && namesDst(i)) || (i.srcReg() > LAST_NAMED_REGISTER && namesSrc(i))) {
            return UNKNOWN;
        }
        return switch (i.instructionClass()) {
            case BPF_LD -> load(i);
            case BPF_LDX -> loadRegister(i, alu32);
            case BPF_ST -> storeConstant(i);
            case BPF_STX -> storeRegister(i, alu32);
            case BPF_ALU, BPF_ALU64 -> ArithmeticText.of(i);
            default -> JumpText.of(i);
        };
    }

    /** True if LLVM decodes the destination field as a register. */
    private static boolean namesDst(Instruction i) {
        return switch (i.instructionClass()) {
            case BPF_LD -> i.isWide();
            case BPF_JMP, BPF_JMP32 -> !JumpText.ignoresDst(i);
            default -> true;
        };
    }

    /** True if LLVM decodes the source field as a register. */
    private static boolean namesSrc(Instruction i) {
        return switch (i.instructionClass()) {
            case BPF_LD -> isIndirectPacketLoad(i);
            case BPF_LDX, BPF_STX -> true;
            case BPF_ST -> false;
            case BPF_ALU, BPF_ALU64 -> (i.opcode() & BPF_X) != 0 && (i.opcode() & 0xf0) != BPF_END;
            default -> (i.opcode() & BPF_X) != 0 && i.opcode() != CALLX;
        };
    }

    private static String load(Instruction i) {
        if (i.isWide()) {
            return i.offset() != 0
                    ? UNKNOWN
                    : i.srcReg() == 0
                            ? "r" + i.dstReg() + " = " + hex(i.imm64()) + " ll"
                            : "ld_pseudo\tr" + i.dstReg() + ", " + hex(i.srcReg()) + ", " + unsignedHex(i.imm());
        }
        if (sizeOf(i) == BPF_DW) {
            return UNKNOWN;
        }
        return switch (i.opcode() & 0xe0) {
            case BPF_ABS -> "r0 = *(" + unsigned(i) + " *)skb[" + hex(i.imm()) + "]";
            case BPF_IND -> "r0 = *(" + unsigned(i) + " *)skb[r" + i.srcReg() + "]";
            default -> UNKNOWN;
        };
    }

    private static String loadRegister(Instruction i, boolean alu32) {
        String address = " *)(r" + i.srcReg() + displacement(i.offset()) + ")";
        return switch (i.opcode() & 0xe0) {
            case BPF_MEM -> register(i.dstReg(), i, alu32) + " = *(" + unsigned(i) + address;
            case BPF_MEMSX -> sizeOf(i) == BPF_DW ? UNKNOWN : "r" + i.dstReg() + " = *(s" + bits(i) + address;
            default -> UNKNOWN;
        };
    }

    private static String storeConstant(Instruction i) {
        return (i.opcode() & 0xe0) == BPF_MEM ? memory(i) + " = " + hex(i.imm()) : UNKNOWN;
    }

    private static String storeRegister(Instruction i, boolean alu32) {
        return switch (i.opcode() & 0xe0) {
            case BPF_MEM -> memory(i) + " = " + register(i.srcReg(), i, alu32);
            case BPF_ATOMIC -> AtomicText.of(i, alu32);
            default -> UNKNOWN;
        };
    }

    /** {@code *(u32 *)(r1 + 0x8)}. */
    static String memory(Instruction i) {
        return "*(" + unsigned(i) + " *)(r" + i.dstReg() + displacement(i.offset()) + ")";
    }

    /** The register's name; {@code w} in a narrow access if 32-bit names were asked for. */
    static String register(int number, Instruction access, boolean alu32) {
        return (alu32 && sizeOf(access) != BPF_DW ? "w" : "r") + number;
    }

    static int sizeOf(Instruction i) {
        return i.opcode() & 0x18;
    }

    /** The width of a memory access in bits. */
    static int bits(Instruction i) {
        return switch (sizeOf(i)) {
            case BPF_B -> 8;
            case BPF_H -> 16;
            case BPF_W -> 32;
            default -> 64;
        };
    }

    /** {@code u8} to {@code u64}. */
    static String unsigned(Instruction i) {
        return "u" + bits(i);
    }

    /** {@code " + 0x8"} or {@code " - 0x8"}. */
    static String displacement(int value) {
        return (value < 0 ? " - 0x" : " + 0x") + Integer.toHexString(Math.abs(value));
    }

    /** {@code "+0x8"} or {@code "-0x8"}. */
    static String distance(int value) {
        return (value < 0 ? "-0x" : "+0x") + Integer.toHexString(Math.abs(value));
    }

    /** {@code "0x8"} or {@code "-0x8"}; the magnitude is right for the smallest value too, read as unsigned. */
    static String hex(int value) {
        return (value < 0 ? "-0x" : "0x") + Integer.toHexString(Math.abs(value));
    }

    private static String hex(long value) {
        return (value < 0 ? "-0x" : "0x") + Long.toHexString(Math.abs(value));
    }

    private static String unsignedHex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
