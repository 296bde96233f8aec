package dev.skep.engine.interpreter;

/**
 * The operations the interpreter dispatches on: one for each common form of instruction, numbered without gaps so that its
 * switch becomes a jump table. A decoded instruction is the RFC's 64-bit encoding with the opcode replaced by one of these.
 *
 * <p>{@code K}: the second operand is the immediate, {@code X}: a register; an X is always its K plus 1. {@code 32}: on the
 * lower halves; always the form on 64 bits plus {@link #ALU32} or {@link #JMP32}.
 */
final class Op {
    /** Distance from an operation on 64 bits to the same on 32. */
    static final int ALU32 = 25;

    /** Distance from a jump that compares 64 bits to the same on 32. */
    static final int JMP32 = 22;

    static final int ADD64_K = 0;
    static final int ADD64_X = 1;
    static final int SUB64_K = 2;
    static final int SUB64_X = 3;
    static final int MUL64_K = 4;
    static final int MUL64_X = 5;
    static final int DIV64_K = 6;
    static final int DIV64_X = 7;
    static final int MOD64_K = 8;
    static final int MOD64_X = 9;
    static final int OR64_K = 10;
    static final int OR64_X = 11;
    static final int AND64_K = 12;
    static final int AND64_X = 13;
    static final int XOR64_K = 14;
    static final int XOR64_X = 15;
    static final int LSH64_K = 16;
    static final int LSH64_X = 17;
    static final int RSH64_K = 18;
    static final int RSH64_X = 19;
    static final int ARSH64_K = 20;
    static final int ARSH64_X = 21;
    static final int MOV64_K = 22;
    static final int MOV64_X = 23;
    static final int NEG64 = 24;

    static final int ADD32_K = 25;
    static final int ADD32_X = 26;
    static final int SUB32_K = 27;
    static final int SUB32_X = 28;
    static final int MUL32_K = 29;
    static final int MUL32_X = 30;
    static final int DIV32_K = 31;
    static final int DIV32_X = 32;
    static final int MOD32_K = 33;
    static final int MOD32_X = 34;
    static final int OR32_K = 35;
    static final int OR32_X = 36;
    static final int AND32_K = 37;
    static final int AND32_X = 38;
    static final int XOR32_K = 39;
    static final int XOR32_X = 40;
    static final int LSH32_K = 41;
    static final int LSH32_X = 42;
    static final int RSH32_K = 43;
    static final int RSH32_X = 44;
    static final int ARSH32_K = 45;
    static final int ARSH32_X = 46;
    static final int MOV32_K = 47;
    static final int MOV32_X = 48;
    static final int NEG32 = 49;

    static final int SWAP16 = 50;
    static final int SWAP32 = 51;
    static final int SWAP64 = 52;

    /** The arithmetic that {@link Arithmetic#rare} does: signed division, sign extension, truncation. */
    static final int RARE_K = 53;

    static final int RARE_X = 54;
    static final int LDDW = 55;

    static final int LDX_B = 56;
    static final int LDX_H = 57;
    static final int LDX_W = 58;
    static final int LDX_DW = 59;
    static final int ST_B = 60;
    static final int ST_H = 61;
    static final int ST_W = 62;
    static final int ST_DW = 63;
    static final int STX_B = 64;
    static final int STX_H = 65;
    static final int STX_W = 66;
    static final int STX_DW = 67;

    /** Sign-extending loads of any size. */
    static final int LDX_SIGNED = 68;

    /** Read-modify-write operations, load-acquire and store-release. */
    static final int ATOMIC = 69;

    /** Any access to memory, in checked mode. */
    static final int CHECKED = 70;

    /** {@code LD_ABS} and {@code LD_IND}. */
    static final int PACKET = 71;

    static final int JEQ64_K = 72;
    static final int JEQ64_X = 73;
    static final int JNE64_K = 74;
    static final int JNE64_X = 75;
    static final int JGT64_K = 76;
    static final int JGT64_X = 77;
    static final int JGE64_K = 78;
    static final int JGE64_X = 79;
    static final int JLT64_K = 80;
    static final int JLT64_X = 81;
    static final int JLE64_K = 82;
    static final int JLE64_X = 83;
    static final int JSET64_K = 84;
    static final int JSET64_X = 85;
    static final int JSGT64_K = 86;
    static final int JSGT64_X = 87;
    static final int JSGE64_K = 88;
    static final int JSGE64_X = 89;
    static final int JSLT64_K = 90;
    static final int JSLT64_X = 91;
    static final int JSLE64_K = 92;
    static final int JSLE64_X = 93;

    static final int JEQ32_K = 94;
    static final int JEQ32_X = 95;
    static final int JNE32_K = 96;
    static final int JNE32_X = 97;
    static final int JGT32_K = 98;
    static final int JGT32_X = 99;
    static final int JGE32_K = 100;
    static final int JGE32_X = 101;
    static final int JLT32_K = 102;
    static final int JLT32_X = 103;
    static final int JLE32_K = 104;
    static final int JLE32_X = 105;
    static final int JSET32_K = 106;
    static final int JSET32_X = 107;
    static final int JSGT32_K = 108;
    static final int JSGT32_X = 109;
    static final int JSGE32_K = 110;
    static final int JSGE32_X = 111;
    static final int JSLT32_K = 112;
    static final int JSLT32_X = 113;
    static final int JSLE32_K = 114;
    static final int JSLE32_X = 115;

    static final int JA = 116;

    /** {@code gotol}: the distance is in the immediate. */
    static final int JA_LONG = 117;

    static final int MAY_GOTO = 118;

    /** The immediate is the helper's place in {@link Code#helpers}. */
    static final int CALL_HELPER = 119;

    /** The immediate is the distance. */
    static final int CALL_FUNCTION = 120;

    static final int CALL_REGISTER = 121;
    static final int TAIL_CALL = 122;
    static final int EXIT = 123;

    /** Any conditional jump, in runs that are observed. */
    static final int OBSERVED = 124;

    private Op() {}
}
