package dev.skep.object.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The codecs that are no structs. */
final class Codecs {
    private Codecs() {}

    /** A codec made of functions. */
    private record Made<T>(int size, int alignment, Function<ByteBuffer, T> reader, BiConsumer<ByteBuffer, T> writer)
            implements Codec<T> {
        @Override
        public T read(ByteBuffer in) {
            return reader.apply(in);
        }

        @Override
        public void write(T value, ByteBuffer out) {
            writer.accept(out, value);
        }
    }

    static <T> Codec<T> number(int size, Function<ByteBuffer, T> reader, BiConsumer<ByteBuffer, T> writer) {
        return new Made<>(size, size, reader, writer);
    }

    private static void requireSize(int size, int least) {
        if (size < least) {
            throw new IllegalArgumentException("size " + size + " is less than " + least);
        }
    }

    static Codec<byte[]> bytes(int size) {
        requireSize(size, 0);
        return new Made<>(
                size,
                1,
                in -> {
                    byte[] bytes = new byte[size];
                    in.get(bytes);
                    return bytes;
                },
                (out, value) -> {
                    if (value.length > size) {
                        throw new IllegalArgumentException(value.length + " bytes, there is room for " + size);
                    }
                    int end = out.position() + size;
                    out.put(value);
                    pad(out, end);
                });
    }

    static Codec<String> text(int size) {
        requireSize(size, 1);
        return bytes(size).as(Codecs::untilZero, text -> cut(text, size - 1));
    }

    private static String untilZero(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** At most {@code room} bytes of whole characters. */
    private static byte[] cut(String text, int room) {
        String kept = text;
        byte[] bytes = kept.getBytes(StandardCharsets.UTF_8);
        while (bytes.length > room) {
            kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
            bytes = kept.getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    static <T> Codec<List<T>> array(Codec<T> element, int length, int stride) {
        requireSize(length, 0);
        return new Made<>(
                length * stride,
                Math.max(element.alignment(), stride == element.size() ? 1 : 8),
                in -> {
                    List<T> values = new ArrayList<>(length);
                    int start = in.position();
                    for (int i = 0; i < length; i++) {
                        in.position(start + i * stride);
                        values.add(element.read(in));
                    }
                    in.position(start + length * stride);
                    return List.copyOf(values);
                },
                (out, values) -> {
                    if (values.size() != length) {
                        throw new IllegalArgumentException(values.size() + " elements, not " + length);
                    }
                    int start = out.position();
                    for (int i = 0; i < length; i++) {
                        pad(out, start + i * stride);
                        element.write(values.get(i), out);
                    }
                    pad(out, start + length * stride);
                });
    }

    static <T, R> Codec<R> mapped(Codec<T> codec, Function<T, R> read, Function<R, T> write) {
        return new Made<>(
                codec.size(),
                codec.alignment(),
                in -> read.apply(codec.read(in)),
                (out, value) -> codec.write(write.apply(value), out));
    }

    /** Zeros up to a position. */
    static void pad(ByteBuffer out, int position) {
        while (out.position() < position) {
            out.put((byte) 0);
        }
    }
}
