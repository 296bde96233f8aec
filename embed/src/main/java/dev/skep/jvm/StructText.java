package dev.skep.jvm;

import dev.skep.compiler.java.FieldType;
import dev.skep.compiler.java.StructType;
import dev.skep.engine.memory.Sandbox;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a debugger shows of a struct: {@code Ipv4 {protocol=6, ...}}. */
final class StructText {
    private StructText() {}

    static String of(Located struct) {
        StructType layout = JavaRun.current().classes().layout(struct.getClass());
        return struct.getClass().getSimpleName()
                + text(struct.place$().memory(), struct.place$().address(), layout);
    }

    private static String enumerator(FieldType.Enumeration enumeration, int ordinal) {
        return ordinal >= 0 && ordinal < enumeration.count()
                ? enumeration.type().enumerators().get(ordinal).name()
                : "constant " + ordinal;
    }

    private static String text(Sandbox memory, long address, StructType layout) {
        return layout.fields().entrySet().stream()
                .sorted(Comparator.comparingInt(field -> field.getValue().offset()))
                .map(field -> field.getKey() + "=" + text(memory, address, field))
                .collect(Collectors.joining(", ", " {", "}"));
    }

    private static String text(Sandbox memory, long address, Map.Entry<String, StructType.Field> field) {
        return text(
                memory, address + field.getValue().offset(), field.getValue().type());
    }

    private static String text(Sandbox memory, long address, FieldType type) {
        return switch (type) {
            case FieldType.Number number -> Long.toString(MemoryNumber.read(memory, address, number));
            case FieldType.Enumeration enumeration -> enumerator(enumeration, memory.getInt(address));
            case FieldType.Inline inline -> text(memory, address, inline.struct());
            case FieldType.Array array ->
                IntStream.range(0, array.length())
                        .mapToObj(i -> text(
                                memory, address + (long) i * array.element().size(), array.element()))
                        .collect(Collectors.joining(", ", "[", "]"));
        };
    }
}
