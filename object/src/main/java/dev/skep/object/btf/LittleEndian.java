package dev.skep.object.btf;

/** Numbers in the byte order that all of this package works in. */
final class LittleEndian {
    private LittleEndian() {}

    /** Two bytes at {@code offset}, unsigned. */
    static int half(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) | (bytes[offset + 1] & 0xff) << 8;
    }

    /** Four bytes at {@code offset}. */
    static int word(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff)
                | (bytes[offset + 1] & 0xff) << 8
                | (bytes[offset + 2] & 0xff) << 16
                | bytes[offset + 3] << 24;
    }

    /** Writes {@code value} to the four bytes at {@code offset}. */
    static void putWord(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >>> 8);
        bytes[offset + 2] = (byte) (value >>> 16);
        bytes[offset + 3] = (byte) (value >>> 24);
    }

    /** Reverses the bytes of each of the four-byte words from {@code start} (inclusive) to {@code end} (exclusive). */
    static void swapWords(byte[] bytes, int start, int end) {
        for (int offset = start; offset + 4 <= end; offset += 4) {
            putWord(bytes, offset, Integer.reverseBytes(word(bytes, offset)));
        }
    }
}
