package dev.skep.object.btf;

import java.util.Arrays;

/** A growing run of little-endian words. */
final class WordBuffer {
    private byte[] bytes = new byte[256];
    private int length;

    /** Appends one word. */
    void add(int word) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        LittleEndian.putWord(bytes, length, word);
        length += 4;
    }

    /** Replaces the word at a byte offset. */
    void set(int offset, int word) {
        LittleEndian.putWord(bytes, offset, word);
    }

    /** Bytes so far. */
    int length() {
        return length;
    }

    /** A copy of the bytes so far. */
    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
