package dev.skep.engine.interpreter;

import dev.skep.object.instruction.Opcode;

/** Arithmetic that Java has no operator for: RFC 9669, sections 4.1 and 4.2. Operands are whole registers. */
final class Arithmetic {
    private static final long LOW = 0xffff_ffffL;

    private Arithmetic() {}

    /** Unsigned division; by zero gives 0. */
    static long divide(long a, long b) {
        return b == 0 ? 0 : Long.divideUnsigned(a, b);
    }

    /** Unsigned remainder; by zero leaves the dividend. */
    static long remainder(long a, long b) {
        return b == 0 ? a : Long.remainderUnsigned(a, b);
    }

    /** {@link #divide} of the lower halves. */
    static long divide32(long a, long b) {
        return (b & LOW) == 0 ? 0 : (a & LOW) / (b & LOW);
    }

    /** {@link #remainder} of the lower halves. */
    static long remainder32(long a, long b) {
        return (b & LOW) == 0 ? a & LOW : (a & LOW) % (b & LOW);
    }

    /**
     * The operations that have no {@link Op} of their own: signed division and remainder, moves with sign extension,
     * truncation ({@code le}), address space casts.
     *
     * @param opcode of the instruction as encoded, sign-extended
     * @param offset of the instruction
     * @param a the destination register
     * @param b the source register, or the immediate sign-extended
     * @return the destination register's new value
     */
    static long rare(int opcode, int offset, long a, long b) {
        boolean wide = (opcode & 0x07) == Opcode.BPF_ALU64;
        return switch (opcode & 0xf0) {
            case Opcode.BPF_DIV -> wide ? signedDivide(a, b) : signedDivide((int) a, (int) b) & LOW;
            case Opcode.BPF_MOD -> wide ? signedRemainder(a, b) : signedRemainder((int) a, (int) b) & LOW;
            case Opcode.BPF_MOV -> offset == Opcode.BPF_ADDR_SPACE_CAST ? b & LOW : move(offset, b, wide);
            case Opcode.BPF_END -> truncate(a, (int) b);
            default -> throw new AssertionError(opcode);
        };
    }

    /** Rounds toward zero; the smallest number divided by -1 is itself, as in Java. */
    private static long signedDivide(long a, long b) {
        return b == 0 ? 0 : a / b;
    }

    /** Has the dividend's sign. */
    private static long signedRemainder(long a, long b) {
        return b == 0 ? a : a % b;
    }

    private static long move(int bits, long value, boolean wide) {
        long extended = value << (64 - bits) >> (64 - bits);
        return wide ? extended : extended & LOW;
    }

    /** {@code le16}, {@code le32}, {@code le64} on a little-endian machine. */
    private static long truncate(long value, int bits) {
        return bits == 64 ? value : value & ((1L << bits) - 1);
    }
}
