package dev.skep.trace.print;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text that grows, as UTF-8. Appending allocates nothing once it has grown, but for {@link #append(String)} of other than ASCII. */
public final class TextBuffer {
    private static final int SMALL = 128;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CAPITALS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 22; // octal

    private byte[] bytes;
    private int length;

    /** An empty one. */
    public TextBuffer() {
        this(SMALL);
    }

    /** An empty one that has room for {@code size} bytes before it has to grow. */
    public TextBuffer(int size) {
        this.bytes = new byte[size];
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** Forgets all after {@code size} bytes. */
    void cut(int size) {
        length = Math.min(length, size);
    }

    private void need(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** Appends a byte. */
    public TextBuffer append(char ascii) {
        need(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Appends a text. */
    public TextBuffer append(String text) {
        need(text.length());
        int at = length;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each >= 0x80) {
                return append(LooseText.encode(text));
            }
            bytes[at++] = (byte) each;
        }
        length = at;
        return this;
    }

    /** Appends bytes. */
    public TextBuffer append(byte[] more) {
        need(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** Appends memory. */
    void append(MemorySegment memory, long offset, int size) {
        need(size);
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, bytes, length, size);
        length += size;
    }

    /** Appends one character several times. */
    public TextBuffer repeat(char ascii, int times) {
        if (times > 0) {
            need(times);
            Arrays.fill(bytes, length, length + times, (byte) ascii);
            length += times;
        }
        return this;
    }

    /** Appends a number. */
    public TextBuffer append(long value, boolean signed) {
        if (signed && value < 0) {
            append('-');
            return unsigned(-value, 10, false); // the least number is its own negative, and right as an unsigned one
        }
        return unsigned(value, 10, false);
    }

    /** Appends a number without a sign. @param radix 8, 10 or 16 */
    TextBuffer unsigned(long value, int radix, boolean capitals) {
        need(LONGEST_NUMBER);
        int size = digits(value, radix);
        byte[] symbols = capitals ? CAPITALS : DIGITS;
        long rest = value;
        for (int at = length + size - 1; at >= length; at--) {
            long next = radix == 10 ? Long.divideUnsigned(rest, 10) : rest >>> (radix == 16 ? 4 : 3);
            bytes[at] = symbols[(int) (rest - next * radix)];
            rest = next;
        }
        length += size;
        return this;
    }

    /** How many digits a number without a sign has. */
    static int digits(long value, int radix) {
        int count = 1;
        long rest = value;
        while (Long.compareUnsigned(rest, radix) >= 0) {
            rest = radix == 10 ? Long.divideUnsigned(rest, 10) : rest >>> (radix == 16 ? 4 : 3);
            count++;
        }
        return count;
    }

    /** Makes room of {@code count} bytes at {@code at}, filled with {@code ascii}; what was there moves back. */
    void insert(int at, char ascii, int count) {
        need(count);
        System.arraycopy(bytes, at, bytes, at + count, length - at);
        Arrays.fill(bytes, at, at + count, (byte) ascii);
        length += count;
    }

    /** The text from {@code from} on. */
    String text(int from) {
        return LooseText.decode(Arrays.copyOfRange(bytes, from, length));
    }

    /** Writes all of it and forgets it. */
    public void flush(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }

    @Override
    public String toString() {
        return text(0);
    }
}
