package dev.skep.jvm;

import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.FieldType;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.GlobalSection;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.FieldModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Static fields that are globals in BPF, and where they lie. */
final class GlobalPlaces {
    private static final String UNSIGNED = "Ldev/skep/lang/Unsigned;";

    private final ClassSource source;
    /** By the class that declares the field and its name, {@code a/B.count}. */
    private final Map<String, Place> places = new HashMap<>();

    private final Map<String, Optional<Global>> fields = new HashMap<>();

    private record Place(String section, int offset, CType type) {}

    /**
     * A static field.
     *
     * @param offset in the section
     * @param number how it reads; empty for a struct or an array
     * @param array its elements and length, if it is one
     */
    record Global(String section, int offset, Optional<FieldType.Number> number, Optional<FieldType.Array> array) {}

    GlobalPlaces(ClassSource source, List<GlobalSection> sections) {
        this.source = source;
        for (GlobalSection section : sections) {
            section.variables()
                    .forEach(variable -> places.put(
                            variable.source(), new Place(section.name(), variable.offset(), variable.type())));
        }
    }

    /** A static field; empty if it is no global. @param owner internal name of the class that declares it */
    Optional<Global> find(String owner, String name) {
        String field = owner + "." + name;
        Place place = places.get(field);
        return place == null ? Optional.empty() : fields.computeIfAbsent(field, key -> look(owner, name, place));
    }

    private Optional<Global> look(String owner, String name, Place place) {
        return source.find(owner)
                .flatMap(bytes -> ClassFile.of().parse(bytes).fields().stream()
                        .filter(field -> field.fieldName().equalsString(name))
                        .findFirst())
                .map(field -> global(field, place));
    }

    private static Global global(FieldModel field, Place place) {
        Optional<FieldType.Number> number =
                FieldType.number(field.fieldTypeSymbol(), hasAnnotation(field, UNSIGNED), false);
        return new Global(place.section(), place.offset(), number, array(field, place));
    }

    private static Optional<FieldType.Array> array(FieldModel field, Place place) {
        return place.type() instanceof CType.Array(CType element, int length)
                        && field.fieldTypeSymbol().isArray()
                ? FieldType.number(field.fieldTypeSymbol().componentType(), hasAnnotation(field, UNSIGNED), false)
                        .map(number -> new FieldType.Array(number, length))
                : Optional.empty();
    }

    private static boolean hasAnnotation(AttributedElement element, String type) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .anyMatch(annotation -> annotation.className().equalsString(type));
    }
}
