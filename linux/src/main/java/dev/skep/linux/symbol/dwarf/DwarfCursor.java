package dev.skep.linux.symbol.dwarf;

import dev.skep.linux.symbol.CheckedBytes;

/** Reads a section from a place on. Whatever it says, nothing outside is read. */
final class DwarfCursor {
    private static final int LONGEST_NUMBER = 10; // bytes of 64 bits in LEB128

    private final CheckedBytes bytes;
    private long at;

    DwarfCursor(CheckedBytes bytes, long at) {
        this.bytes = bytes;
        this.at = at;
    }

    long at() {
        return at;
    }

    void skip(long count) {
        if (count < 0 || count > bytes.size() - at) {
            throw bytes.corrupt(at, "something of " + count + " bytes is said to be where there are " + bytes.size());
        }
        at += count;
    }

    int u8() {
        return bytes.u8(at++);
    }

    int u16() {
        at += 2;
        return bytes.u16(at - 2);
    }

    long u32() {
        at += 4;
        return bytes.u32(at - 4);
    }

    long u64() {
        at += 8;
        return bytes.u64(at - 8);
    }

    /** An unsigned number of 1, 2, 3, 4 or 8 bytes. */
    long number(int size) {
        return switch (size) {
            case 1 -> u8();
            case 2 -> u16();
            case 3 -> u16() | (long) u8() << 16;
            case 4 -> u32();
            default -> u64();
        };
    }

    /** LEB128 without a sign. */
    long unsigned() {
        long value = 0;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            int next = u8();
            value |= (long) (next & 0x7f) << (7 * i);
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw bytes.corrupt(at, "a number without an end");
    }

    /** LEB128 with a sign. */
    long signed() {
        long value = 0;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            int next = u8();
            value |= (long) (next & 0x7f) << (7 * i);
            if ((next & 0x80) == 0) {
                int unused = Long.SIZE - 7 * (i + 1);
                return unused > 0 ? (value << unused) >> unused : value;
            }
        }
        throw bytes.corrupt(at, "a number without an end");
    }

    /** Passes over a text. */
    void skipText() {
        while (u8() != 0) {
            // one more
        }
    }
}
