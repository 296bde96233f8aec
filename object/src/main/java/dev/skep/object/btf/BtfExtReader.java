package dev.skep.object.btf;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@code .BTF.ext} section (libbpf_internal.h {@code struct btf_ext_header}): three parts, each a record size and
 * then, for each ELF section, its name, a count and the records. Records may be longer than the known fields.
 */
final class BtfExtReader {
    static final int FUNCTION_BYTES = 8;
    static final int LINE_BYTES = 16;
    static final int RELOCATION_BYTES = 16;
    private static final int HEADER_LENGTH = 24;
    private static final int HEADER_WITH_RELOCATIONS = 32;

    /** How much longer all strings together may be than the bytes they share; compilers do not share any. */
    private static final long STRING_SHARING = 4;

    /** Makes a record of the bytes at {@code offset}. */
    private interface RecordReader<R> {
        R read(String section, int offset);
    }

    private final byte[] bytes;
    private final int headerLength;
    private final Btf btf;
    private final Location where;
    private final Map<Integer, String> strings = new HashMap<>();
    private long stringBytes;

    BtfExtReader(byte[] raw, Btf btf, Location where) {
        Preamble preamble = Preamble.read(raw, raw.length, HEADER_LENGTH, where);
        this.bytes = preamble.swapped() ? raw.clone() : raw;
        if (preamble.swapped()) {
            LittleEndian.swapWords(bytes, 4, raw.length);
        }
        this.headerLength = preamble.headerLength();
        this.btf = btf;
        this.where = where;
    }

    BtfExt read() {
        List<BtfExt.CoreRelocation> relocations = headerLength < HEADER_WITH_RELOCATIONS
                ? List.of()
                : part("CO-RE relocation", 24, RELOCATION_BYTES, this::relocation);
        return new BtfExt(
                part("function", 8, FUNCTION_BYTES, this::function),
                part("line", 16, LINE_BYTES, this::line),
                relocations);
    }

    private <R> List<R> part(String what, int field, int knownBytes, RecordReader<R> reader) {
        long start = headerLength + Integer.toUnsignedLong(word(field));
        long length = Integer.toUnsignedLong(word(field + 4));
        if (length == 0) {
            return List.of();
        }
        if (start + length > bytes.length) {
            throw wrong(field, what + " part ends at byte " + (start + length) + " of " + bytes.length);
        }
        if (start % 4 != 0 || length < 4) {
            throw wrong(field, what + " part is not aligned to 4 bytes or too short");
        }
        int end = (int) (start + length);
        int recordBytes = word((int) start);
        if (recordBytes < knownBytes || recordBytes % 4 != 0) {
            throw wrong(
                    (int) start,
                    what + " records of " + Integer.toUnsignedString(recordBytes) + " bytes; they need at least "
                            + knownBytes + ", and a multiple of 4");
        }
        List<R> records = new ArrayList<>();
        int at = (int) start + 4;
        while (at < end) {
            at = block(what, at, end, recordBytes, reader, records);
        }
        return records;
    }

    private <R> int block(String what, int start, int end, int recordBytes, RecordReader<R> reader, List<R> records) {
        if (end - start < 8) {
            throw wrong(start, what + " records have a heading that is cut short");
        }
        String section = string(start);
        long count = Integer.toUnsignedLong(word(start + 4));
        if (count == 0 || count > (end - start - 8) / recordBytes) {
            throw wrong(
                    start + 4,
                    count + " " + what + " records of section " + section + " in " + (end - start - 8) + " bytes");
        }
        int at = start + 8;
        for (long i = 0; i < count; i++) {
            records.add(reader.read(section, at));
            at += recordBytes;
        }
        return at;
    }

    private BtfExt.FunctionInfo function(String section, int offset) {
        int id = typeId(offset + 4);
        if (btf.kind(id) != BtfKind.FUNC) {
            throw wrong(offset + 4, "function record refers to BTF type " + id + ", which is a " + btf.kind(id));
        }
        return new BtfExt.FunctionInfo(section, instructionOffset(offset), id);
    }

    private BtfExt.LineInfo line(String section, int offset) {
        int position = word(offset + 12);
        return new BtfExt.LineInfo(
                section,
                instructionOffset(offset),
                string(offset + 4),
                string(offset + 8),
                position >>> 10,
                position & 0x3ff);
    }

    private BtfExt.CoreRelocation relocation(String section, int offset) {
        CoreRelocationKind kind = CoreRelocationKind.of(word(offset + 12))
                .orElseThrow(() -> wrong(
                        offset + 12, "unknown CO-RE relocation kind " + Integer.toUnsignedString(word(offset + 12))));
        return new BtfExt.CoreRelocation(
                section, instructionOffset(offset), typeId(offset + 4), string(offset + 8), kind);
    }

    private int instructionOffset(int at) {
        int offset = word(at);
        if (offset < 0 || offset % 8 != 0) {
            throw wrong(at, "instruction offset " + Integer.toUnsignedString(offset) + " is not a multiple of 8");
        }
        return offset;
    }

    private int typeId(int at) {
        int id = word(at);
        if (id < 0 || id >= btf.typeCount()) {
            throw wrong(
                    at,
                    "BTF type " + Integer.toUnsignedString(id) + " does not exist; the last one is "
                            + (btf.typeCount() - 1));
        }
        return id;
    }

    private String string(int at) {
        int offset = word(at);
        if (Integer.toUnsignedLong(offset) >= btf.stringLimit()) {
            throw wrong(at, "string at " + Integer.toUnsignedString(offset) + " is outside the strings of .BTF");
        }
        String known = strings.get(offset);
        if (known != null) {
            return known;
        }
        stringBytes += btf.stringLength(offset);
        if (stringBytes > STRING_SHARING * btf.stringLimit()) {
            throw wrong(at, "the strings overlap so often that they would take " + stringBytes + " bytes and more");
        }
        String text = btf.string(offset);
        strings.put(offset, text);
        return text;
    }

    private int word(int offset) {
        return LittleEndian.word(bytes, offset);
    }

    private InputException wrong(int offset, String problem) {
        return new InputException(where.at(offset), problem, "");
    }
}
