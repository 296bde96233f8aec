package dev.skep.engine.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Collects little-endian fields and bytes in one array and hands them to a stream when it is full. */
final class ByteSink implements AutoCloseable {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SIZE = 1 << 16;

    private final OutputStream stream;
    private final byte[] buffer = new byte[SIZE];
    private int used;

    ByteSink(OutputStream stream) {
        this.stream = stream;
    }

    void int16(int value) throws IOException {
        room(2);
        SHORTS.set(buffer, used, (short) value);
        used += 2;
    }

    void int32(int value) throws IOException {
        room(4);
        INTS.set(buffer, used, value);
        used += 4;
    }

    void bytes(byte[] source, int offset, int length) throws IOException {
        if (length > SIZE) {
            flushBuffer();
            stream.write(source, offset, length);
            return;
        }
        room(length);
        System.arraycopy(source, offset, buffer, used, length);
        used += length;
    }

    /** Writes {@code count} zero bytes, at most 8. */
    void zeros(int count) throws IOException {
        room(count);
        for (int i = 0; i < count; i++) {
            buffer[used++] = 0;
        }
    }

    private void room(int length) throws IOException {
        if (used + length > SIZE) {
            flushBuffer();
        }
    }

    private void flushBuffer() throws IOException {
        stream.write(buffer, 0, used);
        used = 0;
    }

    void flush() throws IOException {
        flushBuffer();
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        try (stream) {
            flush();
        }
    }
}
