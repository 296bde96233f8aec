package dev.skep.trace.portable;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What {@link RecordWriter} and {@link RecordReader} agree on: records, sealed interfaces of records, and what they are made of. */
final class RecordTypes {
    private RecordTypes() {}

    /** The class behind a type. */
    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    /** A type's argument: of {@code List<String>} the first is {@code String}. */
    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /** The records that a sealed interface permits, by way of others too, sorted by their names. */
    static List<Class<?>> variants(Class<?> type) {
        return leaves(type)
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RecordTypes::leaves)
                : Stream.of(type);
    }

    /** How a type is made up, in words: two versions of Skep understand each other's files if this is the same. */
    static String describe(Type type) {
        List<String> lines = new ArrayList<>();
        describe(type, new HashSet<>(), lines);
        return String.join("\n", lines);
    }

    private static void describe(Type type, Set<Type> seen, List<String> lines) {
        if (!seen.add(type)) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(each -> describe(each, seen, lines));
            return;
        }
        Class<?> raw = raw(type);
        if (raw.isRecord()) {
            StringBuilder line = new StringBuilder(raw.getSimpleName());
            for (RecordComponent component : raw.getRecordComponents()) {
                line.append(' ')
                        .append(component.getName())
                        .append(':')
                        .append(component.getGenericType().getTypeName());
            }
            lines.add(line.toString());
            Arrays.stream(raw.getRecordComponents()).forEach(each -> describe(each.getGenericType(), seen, lines));
        } else if (raw.isSealed()) {
            variants(raw).forEach(each -> describe(each, seen, lines));
        } else if (raw.isEnum()) {
            lines.add(raw.getSimpleName() + Arrays.toString(raw.getEnumConstants()));
        }
    }
}
