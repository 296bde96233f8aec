package dev.skep.object.btf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/**
 * Finds an array in a structure without reading all types: reading the kernel's takes tens of milliseconds, but what much of the kernel
 * uses is at the beginning of its BTF.
 */
public final class EarlyMember {
    private static final int MAGIC = 0xeb9f;
    private static final int KIND_FLAG = 1 << 31;

    private final ByteBuffer types;
    private final ByteBuffer strings;
    private final int[] starts;
    private int known;

    private EarlyMember(ByteBuffer types, ByteBuffer strings) {
        this.types = types;
        this.strings = strings;
        this.starts = new int[types.limit() / BtfSection.TYPE_LENGTH + 1];
    }

    /**
     * Where in a structure an array is.
     *
     * @param source BTF that stands alone
     * @param most how many bytes of the types and of the strings are looked at
     * @param length of the array, in elements
     * @return bytes from the structure's start; empty if it is not found there, or is no such array
     */
    public static OptionalInt array(ByteSource source, int most, String structure, String member, int length) {
        if (source.length() < BtfSection.HEADER_LENGTH) {
            return OptionalInt.empty();
        }
        ByteBuffer header = part(source, 0, BtfSection.HEADER_LENGTH, BtfSection.HEADER_LENGTH);
        if (Short.toUnsignedInt(header.getShort(0)) != MAGIC) {
            return OptionalInt.empty();
        }
        long start = header.getInt(4);
        EarlyMember search = new EarlyMember(
                part(source, start + header.getInt(8), header.getInt(12), most),
                part(source, start + header.getInt(16), header.getInt(20), most));
        return search.find(search.string(structure), search.string(member), length);
    }

    private static ByteBuffer part(ByteSource source, long start, int length, int most) {
        long there = Math.min(source.length() - start, Math.min(length, most));
        byte[] bytes = new byte[start < 0 || there < 0 ? 0 : (int) there];
        if (bytes.length > 0) {
            source.copy((int) start, bytes, 0, bytes.length);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where a string is; -1 if it is not there. */
    private int string(String text) {
        byte[] wanted = ('\0' + text + '\0').getBytes(UTF_8);
        byte[] all = strings.array();
        for (int at = 0; at + wanted.length <= all.length; at++) {
            int same = 0;
            while (same < wanted.length && all[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at + 1;
            }
        }
        return -1;
    }

    private OptionalInt find(int structure, int member, int length) {
        if (structure < 0 || member < 0) {
            return OptionalInt.empty();
        }
        int found = index(structure);
        int count = found < 0 ? 0 : types.getInt(found + 4) & 0xffff;
        for (int i = 0; i < count; i++) {
            int at = found + BtfSection.TYPE_LENGTH + BtfKind.STRUCT.entryBytes() * i;
            if (types.getInt(at) == member) {
                boolean bitfields = (types.getInt(found + 4) & KIND_FLAG) != 0;
                int bits = types.getInt(at + 8);
                boolean isPlain = bits >= 0 && bits % 8 == 0 && (!bitfields || bits >>> 24 == 0);
                return isPlain && isArray(types.getInt(at + 4), length)
                        ? OptionalInt.of(bits / 8)
                        : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    /** Notes where types start. @return where the structure does; -1 if it is not there */
    private int index(int structure) {
        int found = -1;
        int at = 0;
        while (at + BtfSection.TYPE_LENGTH <= types.limit()) {
            int word = types.getInt(at + 4);
            BtfKind kind = BtfKind.of(word >>> 24 & 0x1f).orElse(BtfKind.UNKN);
            long end = at
                    + (long) BtfSection.TYPE_LENGTH
                    + kind.trailerBytes()
                    + (long) kind.entryBytes() * (word & 0xffff);
            if (kind == BtfKind.UNKN || end > types.limit()) {
                break;
            }
            if (found < 0 && kind == BtfKind.STRUCT && types.getInt(at) == structure) {
                found = at;
            }
            starts[known++] = at;
            at = (int) end;
        }
        return found;
    }

    private boolean isArray(int type, int length) {
        if (type < 1 || type > known) {
            return false;
        }
        int at = starts[type - 1];
        boolean isArray = (types.getInt(at + 4) >>> 24 & 0x1f) == BtfKind.ARRAY.ordinal();
        return isArray && types.getInt(at + BtfSection.TYPE_LENGTH + 8) == length;
    }
}
