package dev.skep.object.btf;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The little-endian bytes of one {@code .BTF} section and where its types and strings lie in them.
 *
 * <p>Guaranteed after {@link #read}: the ranges are within the bytes; every type's trailer and entries are within the type
 * range, its name within the strings; a non-empty string range ends with NUL. Nothing more is known yet about what the
 * types say.
 */
final class BtfSection {
    static final int HEADER_LENGTH = 24;
    static final int TYPE_LENGTH = 12;
    /**
     * The longest name in bytes. The kernel takes 511 (KSYM_NAME_LEN); any limit keeps a forged section, in which
     * thousands of members share one huge name, from growing without bounds when it is decoded.
     */
    static final int MAXIMUM_NAME = 1024;

    private final byte[] bytes;
    private final int stringStart;
    private final int stringLength;
    private final int[] typeOffsets;
    private final Location where;

    private BtfSection(byte[] bytes, int stringStart, int stringLength, int[] typeOffsets, Location where) {
        this.bytes = bytes;
        this.stringStart = stringStart;
        this.stringLength = stringLength;
        this.typeOffsets = typeOffsets;
        this.where = where;
    }

    /**
     * Checks the header and finds where each type starts.
     *
     * @param raw kept, not copied, unless it is big-endian
     * @param inheritedStrings bytes of the strings of the BTF that this one continues, 0 if it stands alone
     * @throws InputException if the header or the extent of a type does not fit into {@code raw}
     */
    static BtfSection read(byte[] raw, int inheritedStrings, Location where) {
        Preamble preamble = Preamble.read(raw, HEADER_LENGTH, where);
        byte[] bytes = raw;
        if (preamble.swapped()) {
            bytes = raw.clone();
            LittleEndian.swapWords(bytes, 4, HEADER_LENGTH);
        }
        int header = preamble.headerLength();
        int typeStart = range(bytes, header, 8, "type", where);
        int typeLength = LittleEndian.word(bytes, 12);
        int stringStart = range(bytes, header, 16, "string", where);
        int stringLength = LittleEndian.word(bytes, 20);
        if (typeStart + typeLength > stringStart) {
            throw new InputException(where.at(16), "BTF types and strings overlap", "");
        }
        if ((LittleEndian.word(bytes, 8) & 3) != 0 || (typeLength & 3) != 0) {
            throw new InputException(where.at(8), "BTF types are not aligned to 4 bytes", "");
        }
        if (preamble.swapped()) {
            LittleEndian.swapWords(bytes, typeStart, typeStart + typeLength);
        }
        checkStrings(bytes, stringStart, stringLength, inheritedStrings > 0, where);
        long stringLimit = (long) inheritedStrings + stringLength;
        int[] offsets = new TypeIndexer(bytes, typeStart, typeStart + typeLength, stringLimit, where).run();
        return new BtfSection(bytes, stringStart, stringLength, offsets, where);
    }

    /** A section without types, and with the empty string alone. */
    static BtfSection empty() {
        return new BtfSection(new byte[1], 0, 1, new int[0], Location.in("BTF"));
    }

    private static int range(byte[] bytes, int header, int field, String what, Location where) {
        long start = header + Integer.toUnsignedLong(LittleEndian.word(bytes, field));
        long end = start + Integer.toUnsignedLong(LittleEndian.word(bytes, field + 4));
        if (end > bytes.length) {
            throw new InputException(
                    where.at(field),
                    "BTF " + what + " section ends at byte " + end + " of " + bytes.length,
                    "is the file cut short?");
        }
        return (int) start;
    }

    private static void checkStrings(byte[] bytes, int start, int length, boolean split, Location where) {
        if (length == 0 && split) {
            return;
        }
        if (length == 0 || bytes[start + length - 1] != 0) {
            throw new InputException(where.at(start + Math.max(0, length - 1)), "BTF strings do not end with NUL", "");
        }
        if (!split && bytes[start] != 0) {
            throw new InputException(where.at(start), "the first BTF string is not empty", "");
        }
    }

    /** The number of types, void not counted. */
    int typeCount() {
        return typeOffsets.length;
    }

    /** Where the {@code index}-th type (from 0) starts. */
    int typeOffset(int index) {
        return typeOffsets[index];
    }

    /** Bytes of all strings. */
    int stringLength() {
        return stringLength;
    }

    /** Where the section came from. */
    Location where() {
        return where;
    }

    /** The word at a byte offset of the section. */
    int word(int offset) {
        return LittleEndian.word(bytes, offset);
    }

    /** The number of the kind of the type that starts at {@code offset}. */
    int kind(int offset) {
        return bytes[offset + 7] & 0x1f;
    }

    /**
     * The name at {@code offset} of this section's strings, which must be in range.
     *
     * @throws InputException if it is longer than {@link #MAXIMUM_NAME}
     */
    String name(int offset) {
        int length = stringLength(offset);
        if (length > MAXIMUM_NAME) {
            throw new InputException(
                    where.at(stringStart + offset),
                    "BTF name of " + length + " bytes; names have " + MAXIMUM_NAME + " at most",
                    "");
        }
        return new String(bytes, stringStart + offset, length, StandardCharsets.UTF_8);
    }

    /** The string at {@code offset}, however long. */
    String string(int offset) {
        return new String(bytes, stringStart + offset, stringLength(offset), StandardCharsets.UTF_8);
    }

    /** Bytes of the string at {@code offset}, without its NUL. */
    int stringLength(int offset) {
        int start = stringStart + offset;
        int end = start;
        while (bytes[end] != 0) {
            end++;
        }
        return end - start;
    }

    /** Whether the string at {@code offset} is exactly {@code text}; its NUL stops the comparison. */
    boolean stringEquals(int offset, byte[] text) {
        int start = stringStart + offset;
        for (int i = 0; i < text.length; i++) {
            if (bytes[start + i] != text[i]) {
                return false;
            }
        }
        return bytes[start + text.length] == 0;
    }

    /** Whether {@code text} occurs in the string at {@code offset}. @param text not empty, without NUL */
    boolean stringContains(int offset, byte[] text) {
        for (int at = stringStart + offset; bytes[at] != 0; at++) {
            int matched = 0;
            // The NUL that ends every string ends a match before the bytes do.
            while (bytes[at + matched] == text[matched]) {
                if (++matched == text.length) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Adds the ids of those types from index {@code from} to {@code to} (exclusive) whose name is {@code text} to
     * {@code found}. One flat loop, since most lookups come in a JVM that has just started and inlines nothing yet.
     *
     * @param text not empty, without NUL
     * @param count how many ids {@code found} holds
     * @return how many it holds now
     */
    int findNames(int from, int to, byte[] text, int[] found, int count) {
        byte[] all = bytes;
        byte first = text[0];
        int length = count;
        for (int i = from; i < to; i++) {
            int at = typeOffsets[i];
            int name = (all[at] & 0xff) | (all[at + 1] & 0xff) << 8 | (all[at + 2] & 0xff) << 16 | all[at + 3] << 24;
            if (all[stringStart + name] == first && stringEquals(name, text)) {
                found[length++] = i + 1;
            }
        }
        return length;
    }

    /** The hash of the name at {@code offset}, as {@link #hash(byte[])} computes it. */
    int nameHash(int offset) {
        int hash = 0;
        int start = stringStart + offset;
        for (int at = start; bytes[at] != 0 && at - start < MAXIMUM_NAME; at++) {
            hash = hash * 31 + bytes[at];
        }
        return hash;
    }

    /** The hash of a name's bytes. */
    static int hash(byte[] text) {
        int hash = 0;
        for (int i = 0; i < text.length && i < MAXIMUM_NAME; i++) {
            hash = hash * 31 + text[i];
        }
        return hash;
    }

    /** Whether both hold the same bytes, types and strings in the same places. */
    boolean sameBytes(BtfSection other) {
        return Arrays.equals(bytes, other.bytes);
    }
}
