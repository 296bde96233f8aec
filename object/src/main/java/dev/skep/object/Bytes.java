package dev.skep.object;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable run of bytes with value equality: section data, initial map contents, a key, a value.
 *
 * <p>Records compare their {@code byte[]} components by identity, which is useless for plain data; a {@code Bytes}
 * compares by content. The constructor functions copy, so nothing outside can change what is inside.
 */
public final class Bytes {
    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** Copies {@code content}. */
    public static Bytes of(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /** Copies {@code length} bytes of {@code content} from {@code offset}. */
    public static Bytes of(byte[] content, int offset, int length) {
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(content, offset, offset + length));
    }

    /** {@code length} zero bytes. */
    public static Bytes zeros(int length) {
        return length == 0 ? EMPTY : new Bytes(new byte[length]);
    }

    /** The number of bytes. */
    public int length() {
        return content.length;
    }

    /** The byte at {@code index}, as stored (signed). */
    public byte at(int index) {
        return content[index];
    }

    /** A copy of {@code length} bytes from {@code offset}. */
    public Bytes slice(int offset, int length) {
        return of(content, offset, length);
    }

    /** A fresh array with the content. */
    public byte[] toArray() {
        return content.clone();
    }

    /** Copies everything to {@code target} at {@code targetOffset}. */
    public void copyTo(byte[] target, int targetOffset) {
        System.arraycopy(content, 0, target, targetOffset, content.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Two lower-case hex digits a byte, no separator. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(content);
    }
}
