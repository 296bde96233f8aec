package dev.skep.object.btf;

import java.util.Arrays;

/** All in an array. */
record ArrayBytes(byte[] bytes) implements SectionBytes {
    @Override
    public int length() {
        return bytes.length;
    }

    @Override
    public byte at(int offset) {
        return bytes[offset];
    }

    @Override
    public int word(int offset) {
        return LittleEndian.word(bytes, offset);
    }

    @Override
    public int endOfString(int start) {
        int end = start;
        while (bytes[end] != 0) {
            end++;
        }
        return end;
    }

    @Override
    public boolean matches(int start, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (bytes[start + i] != text[i]) {
                return false;
            }
        }
        return bytes[start + text.length] == 0;
    }

    @Override
    public byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @Override
    public ByteWalk walk() {
        return ByteWalk.over(bytes);
    }

    /** By content, like an array's owner expects of a record. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ArrayBytes array && Arrays.equals(bytes, array.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
