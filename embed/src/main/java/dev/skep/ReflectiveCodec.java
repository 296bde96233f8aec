package dev.skep;

import dev.skep.compiler.java.FieldType;
import dev.skep.compiler.java.StructType;
import dev.skep.object.host.Codec;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies the fields of objects to and from bytes, as a struct's layout says. */
final class ReflectiveCodec<T> implements Codec<T> {
    private final StructType layout;
    private final Constructor<T> constructor;
    private final List<StructMember> members;

    ReflectiveCodec(Class<T> type, StructType layout) {
        this.layout = layout;
        try {
            this.constructor = type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " has no constructor without parameters", e);
        }
        constructor.setAccessible(true);
        members = StructMember.of(type, layout);
    }

    @Override
    public int size() {
        return layout.type().size();
    }

    @Override
    public int alignment() {
        return layout.type().alignment();
    }

    @Override
    public T read(ByteBuffer in) {
        int start = in.position();
        T struct = newStruct();
        for (StructMember member : members) {
            ByteBuffer at = at(in, start + member.place().offset());
            member.set(struct, read(at, member.place().type(), member.field().getType()));
        }
        in.position(start + size());
        return struct;
    }

    private T newStruct() {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("making a " + layout.className(), e);
        }
    }

    private static ByteBuffer at(ByteBuffer buffer, int position) {
        return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(position);
    }

    private static Object read(ByteBuffer in, FieldType type, Class<?> javaType) {
        return switch (type) {
            case FieldType.Number number -> NumberBytes.read(in, number, javaType);
            case FieldType.Enumeration enumeration -> javaType.getEnumConstants()[in.getInt()];
            case FieldType.Inline inline -> new ReflectiveCodec<>(javaType, inline.struct()).read(in);
            case FieldType.Array array -> {
                Class<?> component = javaType.getComponentType();
                Object elements = Array.newInstance(component, array.length());
                for (int i = 0; i < array.length(); i++) {
                    Array.set(elements, i, read(in, array.element(), component));
                }
                yield elements;
            }
        };
    }

    /** {@inheritDoc} What is null, or missing at the end of an array, is written as zeros. */
    @Override
    public void write(T struct, ByteBuffer out) {
        int start = out.position();
        out.put(new byte[size()]);
        for (StructMember member : members) {
            write(
                    member.of(struct),
                    at(out, start + member.place().offset()),
                    member.place().type());
        }
    }

    private static void write(@Nullable Object value, ByteBuffer out, FieldType type) {
        if (value == null) {
            return;
        }
        switch (type) {
            case FieldType.Number number -> NumberBytes.write(value, out, number);
            case FieldType.Enumeration enumeration -> out.putInt(((Enum<?>) value).ordinal());
            case FieldType.Inline inline -> writeStruct(value, out, inline.struct());
            case FieldType.Array array -> {
                int length = Array.getLength(value);
                if (length > array.length()) {
                    throw new IllegalArgumentException(length + " elements, there is room for " + array.length());
                }
                int start = out.position();
                for (int i = 0; i < length; i++) {
                    write(
                            Array.get(value, i),
                            out.position(start + i * array.element().size()),
                            array.element());
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // The codec is made for the object's own class.
    private static void writeStruct(Object struct, ByteBuffer out, StructType layout) {
        new ReflectiveCodec<>((Class<Object>) struct.getClass(), layout).write(struct, out);
    }
}
