package dev.skep.object.btf;

import dev.skep.object.InputException;
import dev.skep.object.Location;

/**
 * The first eight bytes that {@code .BTF} and {@code .BTF.ext} share: {@code magic}, {@code version}, {@code flags} and
 * {@code hdr_len} (linux/btf.h {@code struct btf_header}, libbpf {@code struct btf_ext_header}).
 *
 * @param headerLength bytes of the header, at least what was asked for, within the input
 * @param swapped the input is big-endian
 */
record Preamble(int headerLength, boolean swapped) {
    static final int MAGIC = 0xeb9f;
    private static final int SWAPPED_MAGIC = 0x9feb;
    private static final int LENGTH = 8;

    /**
     * Reads and checks the preamble.
     *
     * @param raw the beginning, or all @param size bytes in all
     * @param minimum the shortest header with all fields the caller needs
     * @throws InputException if it is no BTF, of another version, or cut short
     */
    static Preamble read(byte[] raw, int size, int minimum, Location where) {
        if (raw.length < LENGTH) {
            throw new InputException(
                    where.at(0),
                    "BTF of " + raw.length + " bytes is shorter than its header",
                    "is the file cut short?");
        }
        int magic = LittleEndian.half(raw, 0);
        if (magic != MAGIC && magic != SWAPPED_MAGIC) {
            throw new InputException(
                    where.at(0), "not BTF: magic number 0x" + Integer.toHexString(magic) + " instead of 0xeb9f", "");
        }
        if (raw[2] != 1) {
            throw new InputException(where.at(2), "BTF version " + (raw[2] & 0xff) + "; only version 1 is known", "");
        }
        if (raw[3] != 0) {
            throw new InputException(
                    where.at(3), "unknown BTF header flags 0x" + Integer.toHexString(raw[3] & 0xff), "");
        }
        boolean swapped = magic == SWAPPED_MAGIC;
        int length = LittleEndian.word(raw, 4);
        if (swapped) {
            length = Integer.reverseBytes(length);
        }
        if (length < minimum || length > size) {
            throw new InputException(
                    where.at(4),
                    "BTF header length " + Integer.toUnsignedString(length) + " is outside " + minimum + ".." + size,
                    "is the file cut short?");
        }
        return new Preamble(length, swapped);
    }
}
