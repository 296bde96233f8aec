package dev.skep.engine.differential;

import dev.skep.object.instruction.Opcode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Encoded instructions in the order they were added; the encoding of RFC 9669, section 3, on a little-endian machine. */
final class Slots {
    private final List<Long> words = new ArrayList<>();

    int size() {
        return words.size();
    }

    Slots add(int opcode, int dst, int src, int offset, int imm) {
        words.add((opcode & 0xffL) | (long) dst << 8 | (long) src << 12 | (offset & 0xffffL) << 16 | (long) imm << 32);
        return this;
    }

    Slots addAll(Slots more) {
        words.addAll(more.words);
        return this;
    }

    Slots lddw(int dst, long value) {
        return add(Opcode.LDDW, dst, 0, 0, (int) value).add(0, 0, 0, 0, (int) (value >> 32));
    }

    Slots move(int dst, int src) {
        return add(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X, dst, src, 0, 0);
    }

    Slots moveImmediate(int dst, int imm) {
        return add(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_K, dst, 0, 0, imm);
    }

    /** Loads eight bytes. */
    Slots load(int dst, int base, int offset) {
        return add(Opcode.BPF_LDX | Opcode.BPF_MEM | Opcode.BPF_DW, dst, base, offset, 0);
    }

    /** Stores eight bytes. */
    Slots store(int base, int offset, int src) {
        return add(Opcode.BPF_STX | Opcode.BPF_MEM | Opcode.BPF_DW, base, src, offset, 0);
    }

    Slots exit() {
        return add(Opcode.EXIT, 0, 0, 0, 0);
    }

    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.size()).order(ByteOrder.LITTLE_ENDIAN);
        words.forEach(bytes::putLong);
        return bytes.array();
    }
}
