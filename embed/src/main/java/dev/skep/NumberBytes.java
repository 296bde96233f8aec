package dev.skep;

import dev.skep.compiler.java.FieldType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of structs in bytes. */
final class NumberBytes {
    private NumberBytes() {}

    /** Reads a number and moves on. @param javaType the primitive type to give */
    static Object read(ByteBuffer in, FieldType.Number type, Class<?> javaType) {
        in.order(order(type));
        long value = switch (type.width()) {
            case I8 -> in.get();
            case I16 -> in.getShort();
            case I32 -> in.getInt();
            case I64 -> in.getLong();
        };
        return switch (javaType.getName()) {
            case "boolean" -> value != 0;
            case "byte" -> (byte) value;
            case "short" -> (short) value;
            case "char" -> (char) value;
            case "int" -> (int) value;
            default -> value;
        };
    }

    /** Writes a number and moves on. @param boxed a number, {@code Boolean} or {@code Character} */
    static void write(Object boxed, ByteBuffer out, FieldType.Number type) {
        long value = switch (boxed) {
            case Boolean truth -> truth ? 1 : 0;
            case Character character -> character;
            default -> ((Number) boxed).longValue();
        };
        out.order(order(type));
        switch (type.width()) {
            case I8 -> out.put((byte) value);
            case I16 -> out.putShort((short) value);
            case I32 -> out.putInt((int) value);
            case I64 -> out.putLong(value);
        }
    }

    private static ByteOrder order(FieldType.Number type) {
        return type.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}
