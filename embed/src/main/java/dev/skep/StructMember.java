package dev.skep;

import dev.skep.compiler.java.StructType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A field of a struct's class. @param place where it lies in the struct */
record StructMember(Field field, StructType.Field place) {
    /** All fields of a class that are laid out, those of the classes that it extends included. */
    static List<StructMember> of(Class<?> type, StructType layout) {
        Map<String, Field> fields = new HashMap<>();
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && layout.field(field.getName()).isPresent()) {
                    field.setAccessible(true);
                    fields.putIfAbsent(field.getName(), field);
                }
            }
        }
        return layout.fields().entrySet().stream()
                .map(field -> new StructMember(
                        Objects.requireNonNull(fields.get(field.getKey()), field.getKey()), field.getValue()))
                .toList();
    }

    @Nullable
    Object of(Object struct) {
        try {
            return field.get(struct);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("reading " + field, e);
        }
    }

    void set(Object struct, Object value) {
        try {
            field.set(struct, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("writing " + field, e);
        }
    }
}
