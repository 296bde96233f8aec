package dev.skep.object.instruction;

/**
 * One BPF instruction with the field names of RFC 9669, section 3.
 *
 * <p>The 16-byte {@code lddw} (opcode 0x18) is one instruction that occupies two 8-byte slots; its second half's
 * immediate is {@link #nextImm}. For every other opcode {@code nextImm} is 0. All positions in Skep (jump targets, line
 * information, relocations) count slots, as the kernel does.
 *
 * @param opcode the operation byte, 0..255; see {@link Opcode}
 * @param dstReg destination register, 0..15 as encoded (0..10 are valid in programs, 11 is the kernel-internal r11)
 * @param srcReg source register or pseudo kind, 0..15 as encoded
 * @param offset signed 16-bit offset
 * @param imm signed 32-bit immediate
 * @param nextImm immediate of the second slot of {@code lddw}, the upper 32 bits of the constant
 */
public record Instruction(int opcode, int dstReg, int srcReg, short offset, int imm, int nextImm) {

    /** @throws IllegalArgumentException if a field does not fit its encoding */
    public Instruction {
        if ((opcode & ~0xff) != 0) {
            throw new IllegalArgumentException("opcode out of range: " + opcode);
        }
        if ((dstReg & ~0xf) != 0 || (srcReg & ~0xf) != 0) {
            throw new IllegalArgumentException("register out of range: dst " + dstReg + ", src " + srcReg);
        }
        if (nextImm != 0 && opcode != Opcode.LDDW) {
            throw new IllegalArgumentException("only lddw has a second immediate");
        }
    }

    /** A one-slot instruction. */
    public static Instruction of(int opcode, int dstReg, int srcReg, int offset, int imm) {
        return new Instruction(opcode, dstReg, srcReg, (short) offset, imm, 0);
    }

    /**
     * A 64-bit immediate load.
     *
     * @param pseudo 0 for a plain constant, or one of the {@code BPF_PSEUDO_*} kinds in {@link Opcode}
     */
    public static Instruction lddw(int dstReg, int pseudo, long imm64) {
        return new Instruction(Opcode.LDDW, dstReg, pseudo, (short) 0, (int) imm64, (int) (imm64 >>> 32));
    }

    /** The low three bits of the opcode: {@link Opcode#BPF_LD} to {@link Opcode#BPF_ALU64}. */
    public int instructionClass() {
        return opcode & 0x07;
    }

    /** True for the 16-byte {@code lddw}. */
    public boolean isWide() {
        return opcode == Opcode.LDDW;
    }

    /** 2 for {@code lddw}, otherwise 1. */
    public int slots() {
        return isWide() ? 2 : 1;
    }

    /** The 64-bit constant of {@code lddw}: {@code nextImm:imm}. */
    public long imm64() {
        return ((long) nextImm << 32) | (imm & 0xffff_ffffL);
    }

    /** The same instruction with another immediate. */
    public Instruction withImm(int newImm) {
        return new Instruction(opcode, dstReg, srcReg, offset, newImm, nextImm);
    }

    /** The same {@code lddw} with another pseudo kind and 64-bit constant. */
    public Instruction withPseudo(int pseudo, long imm64) {
        return lddw(dstReg, pseudo, imm64);
    }
}
