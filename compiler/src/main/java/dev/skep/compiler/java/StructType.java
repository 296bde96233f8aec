package dev.skep.compiler.java;

import dev.skep.compiler.type.CType;
import java.util.Map;
import java.util.Optional;

/**
 * A class that extends {@code Struct}, laid out.
 *
 * @param className its internal name
 * @param fields by name, those of the classes that it extends included
 */
public record StructType(String className, CType.Composite type, Map<String, Field> fields) {
    public StructType {
        fields = Map.copyOf(fields);
    }

    /** A field. @param offset in bytes from the struct's start */
    public record Field(int offset, FieldType type) {}

    /** The field with this name. */
    public Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
