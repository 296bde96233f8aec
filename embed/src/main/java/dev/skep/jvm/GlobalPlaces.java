package dev.skep.jvm;

import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.FieldType;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.GlobalSection;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.FieldModel;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Static fields that are globals in BPF, and where they lie. The compiler names a global as its field is. */
final class GlobalPlaces {
    private static final String UNSIGNED = "Ldev/skep/lang/Unsigned;";

    private final ClassSource source;
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
                    .forEach(variable -> places.putIfAbsent(
                            variable.name(), new Place(section.name(), variable.offset(), variable.type())));
        }
    }

    /** A static field; empty if it is no global. @param owner internal name of the class that declares it */
    Optional<Global> find(String owner, String field) {
        Place place = places.get(field);
        return place == null
                ? Optional.empty()
                : fields.computeIfAbsent(owner + "." + field, key -> look(owner, field, place));
    }

    private Optional<Global> look(String owner, String name, Place place) {
        return source.find(owner)
                .flatMap(bytes -> ClassFile.of().parse(bytes).fields().stream()
                        .filter(field -> field.fieldName().equalsString(name))
                        .findFirst())
                .flatMap(field -> global(field, place));
    }

    private static Optional<Global> global(FieldModel field, Place place) {
        Optional<FieldType.Number> number =
                FieldType.number(field.fieldTypeSymbol(), hasAnnotation(field, UNSIGNED), false);
        Optional<FieldType.Array> array = array(field, place);
        boolean last = field.flags().has(AccessFlag.FINAL);
        // A final number is a constant, whatever else has its name; of references those to structs are final.
        return number.isPresent() == last
                ? Optional.empty()
                : Optional.of(new Global(place.section(), place.offset(), number, array));
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
