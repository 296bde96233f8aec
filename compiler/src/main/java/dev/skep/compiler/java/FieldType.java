package dev.skep.compiler.java;

import dev.skep.compiler.ir.Int;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.type.CType.Scalar.Encoding;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Optional;

/** What a place in memory holds: a field of a struct, an element of an array, a key or a value of a map, a global. */
public sealed interface FieldType {
    /** The same for type information. */
    CType type();

    /** Bytes it takes. */
    default int size() {
        return type().size();
    }

    /** A number. @param signed how it reads: extended with its sign or with zeros */
    record Number(Int width, boolean signed, boolean bigEndian, CType type) implements FieldType {
        /** What it is on the JVM's operand stack. */
        Int stackType() {
            return width == Int.I64 ? Int.I64 : Int.I32;
        }
    }

    /** Elements in a row. */
    record Array(FieldType element, int length) implements FieldType {
        @Override
        public CType type() {
            return new CType.Array(element.type(), length);
        }
    }

    /** A struct, all of it. */
    record Inline(StructType struct) implements FieldType {
        @Override
        public CType type() {
            return struct.type();
        }
    }

    /** An enum: the ordinal of its constant, as an {@code int}. */
    record Enumeration(String className, CType.Enumeration type) implements FieldType {
        /** The number it is in memory. */
        public static final Number ORDINAL = number(Int.I32, "int", Encoding.SIGNED, false);

        /** How many constants there are. */
        public int count() {
            return type.enumerators().size();
        }
    }

    /** A primitive type; empty for {@code float}, {@code double} and references. */
    static Optional<Number> number(ClassDesc type, boolean unsigned, boolean bigEndian) {
        return switch (type.descriptorString()) {
            case "Z" -> Optional.of(number(Int.I8, "_Bool", Encoding.BOOLEAN, bigEndian));
            case "B" ->
                Optional.of(
                        unsigned
                                ? number(Int.I8, "unsigned char", Encoding.UNSIGNED, bigEndian)
                                : number(Int.I8, "signed char", Encoding.SIGNED, bigEndian));
            case "C" -> Optional.of(number(Int.I16, "unsigned short", Encoding.UNSIGNED, bigEndian));
            case "S" -> Optional.of(integer(Int.I16, "short", unsigned, bigEndian));
            case "I" -> Optional.of(integer(Int.I32, "int", unsigned, bigEndian));
            case "J" -> Optional.of(integer(Int.I64, "long", unsigned, bigEndian));
            default -> Optional.empty();
        };
    }

    /** The number in a box: {@code Integer}, {@code Long} ...; empty for other classes. */
    static Optional<Number> boxed(String className) {
        int at = List.of(
                        "java/lang/Boolean",
                        "java/lang/Byte",
                        "java/lang/Character",
                        "java/lang/Short",
                        "java/lang/Integer",
                        "java/lang/Long")
                .indexOf(className);
        return at < 0 ? Optional.empty() : number(ClassDesc.ofDescriptor("ZBCSIJ".substring(at, at + 1)), false, false);
    }

    private static Number integer(Int width, String name, boolean unsigned, boolean bigEndian) {
        return unsigned
                ? number(width, "unsigned " + name, Encoding.UNSIGNED, bigEndian)
                : number(width, name, Encoding.SIGNED, bigEndian);
    }

    private static Number number(Int width, String name, Encoding encoding, boolean bigEndian) {
        return new Number(
                width, encoding == Encoding.SIGNED, bigEndian, new CType.Scalar(name, width.bytes(), encoding));
    }
}
