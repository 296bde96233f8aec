package dev.skep.object.btf;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.nio.charset.StandardCharsets;

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

    private final SectionBytes bytes;
    private final int typeStart;
    private final int typeEnd;
    private final int stringStart;
    private final int stringLength;
    private final int[] typeOffsets;
    private final Location where;

    private BtfSection(
            SectionBytes bytes,
            int typeStart,
            int typeEnd,
            int stringStart,
            int stringLength,
            int[] typeOffsets,
            Location where) {
        this.bytes = bytes;
        this.typeStart = typeStart;
        this.typeEnd = typeEnd;
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
        Preamble preamble = Preamble.read(raw, raw.length, HEADER_LENGTH, where);
        if (!preamble.swapped()) {
            return read(new ArrayBytes(raw), preamble.headerLength(), inheritedStrings, where);
        }
        byte[] bytes = raw.clone();
        LittleEndian.swapWords(bytes, 4, HEADER_LENGTH);
        SectionBytes swapped = new ArrayBytes(bytes);
        int typeStart = range(swapped, preamble.headerLength(), 8, "type", where);
        LittleEndian.swapWords(bytes, typeStart, typeStart + swapped.word(12));
        return read(swapped, preamble.headerLength(), inheritedStrings, where);
    }

    /** The same for bytes that are elsewhere. */
    static BtfSection read(ByteSource source, Location where) {
        byte[] header = new byte[Math.min(HEADER_LENGTH, source.length())];
        source.copy(0, header, 0, header.length);
        Preamble preamble = Preamble.read(header, source.length(), HEADER_LENGTH, where);
        if (preamble.swapped()) {
            byte[] all = new byte[source.length()];
            source.copy(0, all, 0, all.length);
            return read(all, 0, where);
        }
        return read(new PagedBytes(source), preamble.headerLength(), 0, where);
    }

    private static BtfSection read(SectionBytes bytes, int header, int inheritedStrings, Location where) {
        int typeStart = range(bytes, header, 8, "type", where);
        int typeEnd = typeStart + bytes.word(12);
        int stringStart = range(bytes, header, 16, "string", where);
        int stringLength = bytes.word(20);
        if (typeEnd > stringStart) {
            throw new InputException(where.at(16), "BTF types and strings overlap", "");
        }
        if ((bytes.word(8) & 3) != 0 || (bytes.word(12) & 3) != 0) {
            throw new InputException(where.at(8), "BTF types are not aligned to 4 bytes", "");
        }
        checkStrings(bytes, stringStart, stringLength, inheritedStrings > 0, where);
        long stringLimit = (long) inheritedStrings + stringLength;
        int[] offsets = new TypeIndexer(bytes.walk(), typeStart, typeEnd, stringLimit, where).run();
        return new BtfSection(bytes, typeStart, typeEnd, stringStart, stringLength, offsets, where);
    }

    /** A section without types, and with the empty string alone. */
    static BtfSection empty() {
        return new BtfSection(new ArrayBytes(new byte[1]), 0, 0, 0, 1, new int[0], Location.in("BTF"));
    }

    private static int range(SectionBytes bytes, int header, int field, String what, Location where) {
        long start = header + Integer.toUnsignedLong(bytes.word(field));
        long end = start + Integer.toUnsignedLong(bytes.word(field + 4));
        if (end > bytes.length()) {
            throw new InputException(
                    where.at(field),
                    "BTF " + what + " section ends at byte " + end + " of " + bytes.length(),
                    "is the file cut short?");
        }
        return (int) start;
    }

    private static void checkStrings(SectionBytes bytes, int start, int length, boolean split, Location where) {
        if (length == 0 && split) {
            return;
        }
        if (length == 0 || bytes.at(start + length - 1) != 0) {
            throw new InputException(where.at(start + Math.max(0, length - 1)), "BTF strings do not end with NUL", "");
        }
        if (!split && bytes.at(start) != 0) {
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
        return bytes.word(offset);
    }

    /** The number of the kind of the type that starts at {@code offset}. */
    int kind(int offset) {
        return bytes.at(offset + 7) & 0x1f;
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
        return text(offset, length);
    }

    /** The string at {@code offset}, however long. */
    String string(int offset) {
        return text(offset, stringLength(offset));
    }

    private String text(int offset, int length) {
        int start = stringStart + offset;
        return bytes instanceof ArrayBytes(byte[] array)
                ? new String(array, start, length, StandardCharsets.UTF_8)
                : new String(bytes.copy(start, start + length), StandardCharsets.UTF_8);
    }

    /** Bytes of the string at {@code offset}, without its NUL. */
    int stringLength(int offset) {
        int start = stringStart + offset;
        return bytes.endOfString(start) - start;
    }

    /** Whether the string at {@code offset} is exactly {@code text}; its NUL stops the comparison. */
    boolean stringEquals(int offset, byte[] text) {
        return bytes.matches(stringStart + offset, text);
    }

    /** Whether {@code text} occurs in the string at {@code offset}. @param text not empty, without NUL */
    boolean stringContains(int offset, byte[] text) {
        for (int at = stringStart + offset; bytes.at(at) != 0; at++) {
            int matched = 0;
            // The NUL that ends every string ends a match before the bytes do.
            while (bytes.at(at + matched) == text[matched]) {
                if (++matched == text.length) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The indexes (from 0) of the types whose name is {@code text}, ascending. @param text not empty, without NUL */
    int[] findNames(byte[] text) {
        return new NameScan(typeOffsets, stringStart, stringStart + stringLength, text).find(bytes);
    }

    /** The hash of the name at {@code offset}, as {@link #hash(byte[])} computes it. */
    int nameHash(int offset) {
        int hash = 0;
        int start = stringStart + offset;
        for (int at = start; at - start < MAXIMUM_NAME; at++) {
            byte next = bytes.at(at);
            if (next == 0) {
                break;
            }
            hash = hash * 31 + next;
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

    /** The section with further strings behind its own, each with its NUL. */
    byte[] withMoreStrings(byte[] strings) {
        return BtfWriter.section(
                bytes.copy(typeStart, typeEnd), bytes.copy(stringStart, stringStart + stringLength), strings);
    }

    byte[] copyOfBytes() {
        return bytes.copy(0, bytes.length());
    }

    /** The same with bytes in which numbers have changed, but nothing has moved. @param changed kept */
    BtfSection withBytes(byte[] changed) {
        return new BtfSection(
                new ArrayBytes(changed), typeStart, typeEnd, stringStart, stringLength, typeOffsets, where);
    }

    /** Whether both are known to hold the same bytes, types and strings in the same places. */
    boolean sameBytes(BtfSection other) {
        return bytes.equals(other.bytes);
    }
}
