package dev.skep.object.instruction;

/**
 * The numbers of the BPF instruction encoding, named as in RFC 9669 and {@code linux/bpf.h}, {@code linux/bpf_common.h}.
 *
 * <p>An opcode byte is {@code code | source | class} for arithmetic and jumps, {@code mode | size | class} for loads and
 * stores.
 */
public final class Opcode {
    private Opcode() {}

    // Instruction classes: RFC 9669, section 3.1.
    public static final int BPF_LD = 0x00;
    public static final int BPF_LDX = 0x01;
    public static final int BPF_ST = 0x02;
    public static final int BPF_STX = 0x03;
    public static final int BPF_ALU = 0x04;
    public static final int BPF_JMP = 0x05;
    public static final int BPF_JMP32 = 0x06;
    public static final int BPF_ALU64 = 0x07;

    // Operand source of arithmetic and jumps: section 4.
    public static final int BPF_K = 0x00;
    public static final int BPF_X = 0x08;

    // Arithmetic codes: section 4.1.
    public static final int BPF_ADD = 0x00;
    public static final int BPF_SUB = 0x10;
    public static final int BPF_MUL = 0x20;
    public static final int BPF_DIV = 0x30;
    public static final int BPF_OR = 0x40;
    public static final int BPF_AND = 0x50;
    public static final int BPF_LSH = 0x60;
    public static final int BPF_RSH = 0x70;
    public static final int BPF_NEG = 0x80;
    public static final int BPF_MOD = 0x90;
    public static final int BPF_XOR = 0xa0;
    public static final int BPF_MOV = 0xb0;
    public static final int BPF_ARSH = 0xc0;
    public static final int BPF_END = 0xd0;

    // Byte order conversion, in the source bit of BPF_END: section 4.2.
    public static final int BPF_TO_LE = 0x00;
    public static final int BPF_TO_BE = 0x08;

    // Jump codes: section 4.3. BPF_JCOND carries may_goto (linux/bpf.h).
    public static final int BPF_JA = 0x00;
    public static final int BPF_JEQ = 0x10;
    public static final int BPF_JGT = 0x20;
    public static final int BPF_JGE = 0x30;
    public static final int BPF_JSET = 0x40;
    public static final int BPF_JNE = 0x50;
    public static final int BPF_JSGT = 0x60;
    public static final int BPF_JSGE = 0x70;
    public static final int BPF_CALL = 0x80;
    public static final int BPF_EXIT = 0x90;
    public static final int BPF_JLT = 0xa0;
    public static final int BPF_JLE = 0xb0;
    public static final int BPF_JSLT = 0xc0;
    public static final int BPF_JSLE = 0xd0;
    public static final int BPF_JCOND = 0xe0;

    // Access sizes: section 5.
    public static final int BPF_W = 0x00;
    public static final int BPF_H = 0x08;
    public static final int BPF_B = 0x10;
    public static final int BPF_DW = 0x18;

    // Access modes: section 5.
    public static final int BPF_IMM = 0x00;
    public static final int BPF_ABS = 0x20;
    public static final int BPF_IND = 0x40;
    public static final int BPF_MEM = 0x60;
    public static final int BPF_MEMSX = 0x80;
    public static final int BPF_ATOMIC = 0xc0;

    // Atomic operations, in the immediate: section 5.3; the last two are from linux/bpf.h (6.15).
    public static final int BPF_FETCH = 0x01;
    public static final int BPF_XCHG = 0xe0 | BPF_FETCH;
    public static final int BPF_CMPXCHG = 0xf0 | BPF_FETCH;
    public static final int BPF_LOAD_ACQ = 0x100;
    public static final int BPF_STORE_REL = 0x110;

    // Pseudo kinds in the source register of lddw: section 5.4.
    public static final int BPF_PSEUDO_MAP_FD = 1;
    public static final int BPF_PSEUDO_MAP_VALUE = 2;
    public static final int BPF_PSEUDO_BTF_ID = 3;
    public static final int BPF_PSEUDO_FUNC = 4;
    public static final int BPF_PSEUDO_MAP_IDX = 5;
    public static final int BPF_PSEUDO_MAP_IDX_VALUE = 6;

    // Pseudo kinds in the source register of call: section 4.3.1.
    public static final int BPF_PSEUDO_CALL = 1;
    public static final int BPF_PSEUDO_KFUNC_CALL = 2;

    /** Offset of a {@code mov} that makes it an address space cast (linux/bpf.h, 6.9). */
    public static final int BPF_ADDR_SPACE_CAST = 1;

    // Whole opcodes that are spoken of by name.
    public static final int LDDW = BPF_LD | BPF_IMM | BPF_DW;
    public static final int CALL = BPF_JMP | BPF_CALL;
    public static final int CALLX = BPF_JMP | BPF_CALL | BPF_X;
    public static final int EXIT = BPF_JMP | BPF_EXIT;
    public static final int JA = BPF_JMP | BPF_JA;
    public static final int GOTOL = BPF_JMP32 | BPF_JA;
    public static final int MAY_GOTO = BPF_JMP | BPF_JCOND;
}
