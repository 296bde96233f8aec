package dev.skep.engine.interpreter;

import dev.skep.object.instruction.Opcode;

/** Conditions of jumps, RFC 9669 section 4.3, for jumps that are not decided in the interpreter's loop itself. */
final class Condition {
    private Condition() {}

    /**
     * Whether a conditional jump is taken.
     *
     * @param opcode of the jump as encoded, sign-extended
     * @param left the first operand, a whole register
     * @param right the second, a whole register or the immediate sign-extended
     */
    static boolean holds(int opcode, long left, long right) {
        return (opcode & 0x07) == Opcode.BPF_JMP
                ? compares(opcode, left, right, Long.compareUnsigned(left, right))
                : compares(opcode, (int) left, (int) right, Integer.compareUnsigned((int) left, (int) right));
    }

    private static boolean compares(int opcode, long left, long right, int unsigned) {
        return switch (opcode & 0xf0) {
            case Opcode.BPF_JEQ -> left == right;
            case Opcode.BPF_JNE -> left != right;
            case Opcode.BPF_JGT -> unsigned > 0;
            case Opcode.BPF_JGE -> unsigned >= 0;
            case Opcode.BPF_JLT -> unsigned < 0;
            case Opcode.BPF_JLE -> unsigned <= 0;
            case Opcode.BPF_JSET -> (left & right) != 0;
            case Opcode.BPF_JSGT -> left > right;
            case Opcode.BPF_JSGE -> left >= right;
            case Opcode.BPF_JSLT -> left < right;
            case Opcode.BPF_JSLE -> left <= right;
            default -> throw new AssertionError(opcode);
        };
    }
}
