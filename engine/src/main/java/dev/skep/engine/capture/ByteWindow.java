package dev.skep.engine.capture;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A window that moves forward over a stream of bytes: one array, reused. It grows by doubling, only while bytes actually
 * arrive to fill it, so a length that a file merely claims costs nothing.
 *
 * <p>What has been passed with {@link #advance} stays readable in {@link #buffer} until the next {@link #fill} or
 * {@link #skip}.
 */
final class ByteWindow implements AutoCloseable {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INITIAL_SIZE = 1 << 16;

    private final InputStream stream;
    private final String source;
    private byte[] buffer = new byte[INITIAL_SIZE];
    private int start;
    private int end;
    private long position;
    private boolean bigEndian;

    /** @param source the stream's name in error messages */
    ByteWindow(InputStream stream, String source) {
        this.stream = stream;
        this.source = source;
    }

    /** The array that holds the window; another one after a {@link #fill} that had to grow it. */
    byte[] buffer() {
        return buffer;
    }

    /** Index in {@link #buffer} of the next byte. */
    int start() {
        return start;
    }

    /** Offset in the stream of the next byte. */
    long position() {
        return position;
    }

    /** From now on multi-byte fields are read in this order. */
    void bigEndian(boolean big) {
        bigEndian = big;
    }

    /** Reads until {@code length} bytes are in the window or the stream ends. @return how many are there, at most {@code length} */
    int fill(int length) throws IOException {
        if (end - start < length) {
            makeRoom();
        }
        while (end - start < length) {
            if (end == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            int count = stream.read(buffer, end, buffer.length - end);
            if (count < 0) {
                return end - start;
            }
            end += count;
        }
        return length;
    }

    /** As {@link #fill}, where fewer bytes are an error. @param what the thing that is cut short, for the message */
    void require(int length, String what) throws IOException {
        int there = fill(length);
        if (there < length) {
            throw error(
                    position,
                    "the file ends inside " + what + ": " + length + " bytes needed, " + there + " left",
                    "the capture was cut short; packets before this one are complete");
        }
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
    }

    /** Passes {@code length} bytes, all of which must be in the window. */
    void advance(int length) {
        start += length;
        position += length;
    }

    /** Passes {@code length} bytes, in the window or not, without keeping them. @return false if the stream ends before */
    boolean skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            int step = (int) Math.min(left, INITIAL_SIZE);
            int there = fill(step);
            advance(there);
            left -= there;
            if (there < step) {
                return false;
            }
        }
        return true;
    }

    /** The byte at {@code offset} from the window's start, 0..255. */
    int uint8(int offset) {
        return buffer[start + offset] & 0xff;
    }

    /** The 16-bit field at {@code offset} from the window's start, unsigned. */
    int uint16(int offset) {
        short raw = (short) SHORTS.get(buffer, start + offset);
        return (bigEndian ? Short.reverseBytes(raw) : raw) & 0xffff;
    }

    /** The 32-bit field at {@code offset} from the window's start. */
    int int32(int offset) {
        int raw = (int) INTS.get(buffer, start + offset);
        return bigEndian ? Integer.reverseBytes(raw) : raw;
    }

    /** The 32-bit field at {@code offset} from the window's start, unsigned. */
    long uint32(int offset) {
        return int32(offset) & 0xffff_ffffL;
    }

    InputException error(long where, String problem, String advice) {
        return new InputException(Location.in(source).at(where), problem, advice);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
