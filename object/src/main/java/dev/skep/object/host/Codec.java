package dev.skep.object.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How a Java value looks as the bytes of a map's key, a map's value or an event: fixed size, little-endian, laid out as a C
 * compiler for BPF does.
 *
 * <pre>{@code
 * record Flow(int source, short port) {}
 *
 * Codec<Flow> flows = Codec.struct(Codec.field(Codec.I32, Flow::source), Codec.field(Codec.I16, Flow::port), Flow::new);
 * }</pre>
 *
 * @param <T> the Java type
 */
public interface Codec<T> {
    /** {@code __u8}, {@code __s8}. */
    Codec<Byte> I8 = Codecs.number(1, ByteBuffer::get, ByteBuffer::put);
    /** {@code __u16}, {@code __s16}. */
    Codec<Short> I16 = Codecs.number(2, ByteBuffer::getShort, ByteBuffer::putShort);
    /** {@code __u32}, {@code __s32}. */
    Codec<Integer> I32 = Codecs.number(4, ByteBuffer::getInt, ByteBuffer::putInt);
    /** {@code __u64}, {@code __s64}. */
    Codec<Long> I64 = Codecs.number(8, ByteBuffer::getLong, ByteBuffer::putLong);
    /** {@code bool}: any byte but 0 is true. */
    Codec<Boolean> BOOL = Codecs.number(1, in -> in.get() != 0, (out, v) -> out.put((byte) (v ? 1 : 0)));

    /** Bytes a value takes. */
    int size();

    /** Its address in a struct is a multiple of this: 1, 2, 4 or 8. */
    int alignment();

    /** Reads a value from {@code in} (little-endian) at its position, which moves on by {@link #size()}. */
    T read(ByteBuffer in);

    /** Writes a value to {@code out} (little-endian) at its position, which moves on by {@link #size()}. */
    void write(T value, ByteBuffer out);

    /** The value these bytes are. @throws IllegalArgumentException if there are more or fewer than {@link #size()} */
    default T decode(byte[] bytes) {
        if (bytes.length != size()) {
            throw new IllegalArgumentException(bytes.length + " bytes, not " + size());
        }
        return read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The bytes of a value. */
    default byte[] encode(T value) {
        ByteBuffer out = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
        write(value, out);
        return out.array();
    }

    /** {@code size} bytes as they are; writing fewer leaves zeros behind them, more is an {@link IllegalArgumentException}. */
    static Codec<byte[]> bytes(int size) {
        return Codecs.bytes(size);
    }

    /** {@code char[size]}: UTF-8 up to the first zero byte; longer text is cut, one byte is kept for the zero. */
    static Codec<String> text(int size) {
        return Codecs.text(size);
    }

    /** An array of {@code length} elements. */
    static <T> Codec<List<T>> array(Codec<T> element, int length) {
        return Codecs.array(element, length, element.size());
    }

    /** The value of a per-CPU map as the user's side has it: one for each possible CPU, each rounded up to 8 bytes. */
    static <T> Codec<List<T>> perCpu(Codec<T> value, int cpus) {
        return Codecs.array(value, cpus, (value.size() + 7) & ~7);
    }

    /** The same bytes, another Java type: for enums, addresses, unsigned numbers. */
    default <R> Codec<R> as(Function<T, R> read, Function<R, T> write) {
        return Codecs.mapped(this, read, write);
    }

    /**
     * A member of a struct.
     *
     * @param codec its bytes
     * @param get takes it out of the whole
     */
    record Field<R, T>(Codec<T> codec, Function<R, T> get) {}

    /** A member of a struct. */
    static <R, T> Field<R, T> field(Codec<T> codec, Function<R, T> get) {
        return new Field<>(codec, get);
    }

    /** A struct of one member. */
    static <R, A> Codec<R> struct(Field<R, A> first, Function<A, R> make) {
        return new StructCodec<>(List.of(first), v -> make.apply(v.next(first)));
    }

    /** A struct of two members, with the padding C puts between and after them. */
    static <R, A, B> Codec<R> struct(Field<R, A> first, Field<R, B> second, BiFunction<A, B, R> make) {
        return new StructCodec<>(List.of(first, second), v -> make.apply(v.next(first), v.next(second)));
    }

    /** A struct of three members. */
    static <R, A, B, C> Codec<R> struct(
            Field<R, A> first, Field<R, B> second, Field<R, C> third, Make3<A, B, C, R> make) {
        return new StructCodec<>(
                List.of(first, second, third), v -> make.of(v.next(first), v.next(second), v.next(third)));
    }

    /** A struct of four members; larger ones nest. */
    static <R, A, B, C, D> Codec<R> struct(
            Field<R, A> first, Field<R, B> second, Field<R, C> third, Field<R, D> fourth, Make4<A, B, C, D, R> make) {
        return new StructCodec<>(
                List.of(first, second, third, fourth),
                v -> make.of(v.next(first), v.next(second), v.next(third), v.next(fourth)));
    }

    /** Makes a value of three members. */
    @FunctionalInterface
    interface Make3<A, B, C, R> {
        /** The whole. */
        R of(A first, B second, C third);
    }

    /** Makes a value of four members. */
    @FunctionalInterface
    interface Make4<A, B, C, D, R> {
        /** The whole. */
        R of(A first, B second, C third, D fourth);
    }
}
