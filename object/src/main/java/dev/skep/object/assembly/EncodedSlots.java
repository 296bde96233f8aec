package dev.skep.object.assembly;

import dev.skep.object.Bytes;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;

/** Code as bytes, read without judging it: what a listing must be able to show. */
final class EncodedSlots {
    private EncodedSlots() {}

    /**
     * The instruction in the 8 bytes at {@code at}, or in 16 for an {@code lddw}, of whose second half only the immediate is
     * read.
     */
    static Instruction decode(byte[] code, int at) {
        int opcode = code[at] & 0xff;
        int registers = code[at + 1] & 0xff;
        short offset = (short) ((code[at + 2] & 0xff) | code[at + 3] << 8);
        int nextImm = opcode == Opcode.LDDW ? int32(code, at + 12) : 0;
        return new Instruction(opcode, registers & 0xf, registers >> 4, offset, int32(code, at + 4), nextImm);
    }

    /** True if {@link #decode} lost nothing: the unused fields of an {@code lddw}'s second half are zero. */
    static boolean isFaithful(byte[] code, int at) {
        return (code[at] & 0xff) != Opcode.LDDW || int32(code, at + 8) == 0;
    }

    /** The directive that stands for these bytes. */
    static String raw(Bytes bytes) {
        StringBuilder text = new StringBuilder(".raw");
        for (int i = 0; i < bytes.length(); i++) {
            text.append(" %02x".formatted(bytes.at(i)));
        }
        return text.toString();
    }

    private static int int32(byte[] b, int at) {
        return (b[at] & 0xff) | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24;
    }
}
