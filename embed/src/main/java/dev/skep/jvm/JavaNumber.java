package dev.skep.jvm;

import dev.skep.compiler.java.FieldType;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;

/** Numbers as Java objects: boxed, and in arrays. */
final class JavaNumber {
    private JavaNumber() {}

    /** How a primitive type lies in memory. */
    static FieldType.Number type(Class<?> primitive) {
        return FieldType.number(ClassDesc.ofDescriptor(primitive.descriptorString()), false, false)
                .orElseThrow(() -> new IllegalArgumentException(primitive + " is no number that BPF has"));
    }

    /** How the number in a box lies in memory. @param box {@code Integer} ... */
    static FieldType.Number boxed(Class<?> box) {
        return type(MethodType.methodType(box).unwrap().returnType());
    }

    /** A boxed number, as Java has it on its stack. */
    static long value(Object boxed) {
        return switch (boxed) {
            case Boolean truth -> truth ? 1 : 0;
            case Character character -> character;
            case Number number -> number.longValue();
            default -> throw new IllegalArgumentException(boxed.getClass().getName() + " is no number that BPF has");
        };
    }

    /** A number in a box. @param type {@code Integer} ..., or the primitive type */
    static Object box(Class<?> type, long value) {
        return switch (type.getName()) {
            case "boolean", "java.lang.Boolean" -> value != 0;
            case "byte", "java.lang.Byte" -> (byte) value;
            case "short", "java.lang.Short" -> (short) value;
            case "char", "java.lang.Character" -> (char) value;
            case "int", "java.lang.Integer" -> (int) value;
            case "long", "java.lang.Long" -> value;
            default -> throw new IllegalArgumentException(type.getName() + " is no number that BPF has");
        };
    }

    static long element(Object array, int index) {
        return value(Array.get(array, index));
    }

    static void setElement(Object array, int index, long value) {
        Array.set(array, index, box(array.getClass().getComponentType(), value));
    }
}
