package dev.skep.compiler.java;

import dev.skep.compiler.ir.FieldPath;
import dev.skep.compiler.type.CType;
import java.util.Map;
import java.util.Optional;

/**
 * What a program declares of a structure of the kernel. Offsets are those of the declaration; the true ones are found out where the
 * program is loaded.
 *
 * @param className the internal name of its class
 * @param fields by name
 */
record KernelType(String className, CType.Composite type, Map<String, Field> fields) {
    KernelType {
        fields = Map.copyOf(fields);
    }

    /** What a field holds. */
    sealed interface Content {
        /** A number or an array of numbers. */
        record Plain(FieldType type) implements Content {}

        /** A pointer to another structure of the kernel. @param className its internal name */
        record PointerTo(String className) implements Content {}

        /** Another structure of the kernel, which lies inside. @param className its internal name */
        record Inside(String className) implements Content {}
    }

    /** A field. @param index among the members */
    record Field(int index, int offset, Content content) {}

    Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** How a field is found again where the program is loaded. */
    FieldPath path(Field field) {
        return new FieldPath(type, "0:" + field.index());
    }
}
