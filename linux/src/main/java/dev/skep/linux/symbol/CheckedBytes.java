package dev.skep.linux.symbol;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Little-endian numbers and texts in a part of a file, which may say anything: what lies outside is refused, not read.
 */
public final class CheckedBytes {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** C++ and Rust names reach some thousands of characters. */
    private static final int LONGEST_TEXT = 1 << 16;

    private final MemorySegment memory;
    private final Location where;

    /** @param where what the memory is, for messages */
    public CheckedBytes(MemorySegment memory, Location where) {
        this.memory = memory;
        this.where = where;
    }

    /** Bytes there are. */
    public long size() {
        return memory.byteSize();
    }

    /** What this is, for messages. */
    public Location where() {
        return where;
    }

    /** An unsigned byte. @throws InputException if it lies outside, as the other readers do */
    public int u8(long at) {
        return memory.get(ValueLayout.JAVA_BYTE, check(at, 1)) & 0xff;
    }

    /** An unsigned number of 2 bytes. */
    public int u16(long at) {
        return memory.get(U16, check(at, 2)) & 0xffff;
    }

    /** An unsigned number of 4 bytes. */
    public long u32(long at) {
        return Integer.toUnsignedLong(memory.get(U32, check(at, 4)));
    }

    /** A number of 8 bytes. */
    public long u64(long at) {
        return memory.get(U64, check(at, 8));
    }

    /** The text that begins at {@code at} and ends before a zero byte. */
    public String text(long at) {
        return new String(memory.asSlice(at, textLength(at)).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /** Whether the text at {@code at} starts with {@code prefix}. */
    public boolean startsWith(long at, byte[] prefix) {
        if (at < 0 || prefix.length > size() - at) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (memory.get(ValueLayout.JAVA_BYTE, at + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private int textLength(long at) {
        check(at, 1);
        long limit = Math.min(LONGEST_TEXT, size() - at);
        for (int length = 0; length < limit; length++) {
            if (memory.get(ValueLayout.JAVA_BYTE, at + length) == 0) {
                return length;
            }
        }
        throw corrupt(at, "a text without an end");
    }

    /** A copy of {@code size} bytes. */
    public byte[] bytes(long at, int size) {
        return memory.asSlice(check(at, size), size).toArray(ValueLayout.JAVA_BYTE);
    }

    /** A part. @throws InputException if it lies outside */
    public CheckedBytes slice(long at, long size, Location name) {
        return new CheckedBytes(memory.asSlice(check(at, size), size), name);
    }

    private long check(long at, long size) {
        if (at < 0 || size < 0 || at > memory.byteSize() - size) {
            throw corrupt(at, "something of " + size + " bytes is said to be where there are " + memory.byteSize());
        }
        return at;
    }

    /** For what is found to be wrong at {@code at}. */
    public InputException corrupt(long at, String problem) {
        return new InputException(where.at(at), problem, "the file is truncated or corrupt");
    }
}
