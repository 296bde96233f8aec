package dev.skep.object.instruction;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * An immutable sequence of instructions, addressed by 8-byte slot.
 *
 * <p>Iteration visits instructions in order, {@code lddw} once. {@link #at(int)} takes a slot.
 */
public final class Instructions implements Iterable<Instruction> {
    /** No instruction at all. */
    public static final Instructions EMPTY = new Instructions(List.of());

    private final List<Instruction> list;
    /** For each slot the index in {@link #list} of the instruction that starts there; -1 for an lddw's second half. */
    private final int[] indexBySlot;

    private Instructions(List<Instruction> list) {
        this.list = List.copyOf(list);
        int[] indexes = new int[2 * this.list.size()]; // more than that many slots there cannot be
        int slot = 0;
        int index = 0;
        for (Instruction instruction : this.list) {
            indexes[slot++] = index++;
            if (instruction.isWide()) {
                indexes[slot++] = -1;
            }
        }
        indexBySlot = Arrays.copyOf(indexes, slot);
    }

    /** The instructions of {@code list} in order. */
    public static Instructions of(List<Instruction> list) {
        return list.isEmpty() ? EMPTY : new Instructions(list);
    }

    /** The instructions given. */
    public static Instructions of(Instruction... instructions) {
        return of(List.of(instructions));
    }

    /**
     * Decodes little-endian BPF bytecode. Only the encoding is judged (whole slots, a complete {@code lddw}); unknown
     * opcodes decode, so that they can be shown.
     *
     * @param where the place of {@code offset}, for error messages
     * @throws InputException if {@code length} is no multiple of 8, or an {@code lddw} lacks or has a bad second half
     */
    public static Instructions decode(byte[] code, int offset, int length, Location where) {
        if (length % 8 != 0) {
            throw new InputException(
                    where, "the code is " + length + " bytes long, not a multiple of 8", "is the file truncated?");
        }
        List<Instruction> list = new ArrayList<>(length / 8);
        for (int at = offset; at < offset + length; at += 8) {
            int opcode = code[at] & 0xff;
            int imm = int32(code, at + 4);
            int nextImm = 0;
            int registers = code[at + 1] & 0xff;
            short off = (short) ((code[at + 2] & 0xff) | code[at + 3] << 8);
            if (opcode == Opcode.LDDW) {
                if (at + 16 > offset + length || int32(code, at + 8) != 0 || off != 0) {
                    throw new InputException(
                            where.instruction((at - offset) / 8),
                            "lddw (0x18) without a valid second half",
                            "the 16-byte load needs a second slot whose opcode, registers and offset are zero");
                }
                nextImm = int32(code, at + 12);
                at += 8;
            }
            list.add(new Instruction(opcode, registers & 0xf, registers >> 4, off, imm, nextImm));
        }
        return of(list);
    }

    /** Encodes as little-endian BPF bytecode, 8 bytes a slot. */
    public byte[] encode() {
        byte[] code = new byte[slotCount() * 8];
        int at = 0;
        for (Instruction i : list) {
            code[at] = (byte) i.opcode();
            code[at + 1] = (byte) (i.srcReg() << 4 | i.dstReg());
            code[at + 2] = (byte) i.offset();
            code[at + 3] = (byte) (i.offset() >> 8);
            putInt32(code, at + 4, i.imm());
            if (i.isWide()) {
                putInt32(code, at + 12, i.nextImm());
            }
            at += 8 * i.slots();
        }
        return code;
    }

    /** The number of 8-byte slots. */
    public int slotCount() {
        return indexBySlot.length;
    }

    /** The number of instructions, {@code lddw} counted once. */
    public int size() {
        return list.size();
    }

    /** True if an instruction starts at {@code slot}: in range and not the second half of an {@code lddw}. */
    public boolean startsAt(int slot) {
        return slot >= 0 && slot < indexBySlot.length && indexBySlot[slot] >= 0;
    }

    /**
     * The instruction that starts at {@code slot}.
     *
     * @throws IndexOutOfBoundsException if {@link #startsAt} is false for {@code slot}
     */
    public Instruction at(int slot) {
        int index = indexBySlot[slot];
        if (index < 0) {
            throw new IndexOutOfBoundsException("slot " + slot + " is the second half of an lddw");
        }
        return list.get(index);
    }

    /** The instructions in order. */
    public List<Instruction> asList() {
        return list;
    }

    @Override
    public Iterator<Instruction> iterator() {
        return list.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Instructions instructions && list.equals(instructions.list);
    }

    @Override
    public int hashCode() {
        return list.hashCode();
    }

    @Override
    public String toString() {
        return size() + " instructions in " + slotCount() + " slots";
    }

    private static int int32(byte[] b, int at) {
        return (b[at] & 0xff) | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24;
    }

    private static void putInt32(byte[] b, int at, int value) {
        b[at] = (byte) value;
        b[at + 1] = (byte) (value >> 8);
        b[at + 2] = (byte) (value >> 16);
        b[at + 3] = (byte) (value >> 24);
    }
}
