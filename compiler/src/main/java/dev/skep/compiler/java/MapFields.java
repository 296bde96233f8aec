package dev.skep.compiler.java;

import dev.skep.compiler.unit.MapDeclaration;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Signature;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.Optional;

/** Reads the declarations of maps: their kind from the class, keys and values from the type arguments, sizes from the constructor. */
final class MapFields {
    private static final String MAP_KIND = "dev/skep/lang/map/MapKind";

    private final ClassPool classes;
    private final StructLayouts layouts;

    MapFields(ClassPool classes, StructLayouts layouts) {
        this.classes = classes;
        this.layouts = layouts;
    }

    /** A map. @throws Refusal if its kind, keys, values or size cannot be */
    MapField map(String name, FieldModel field, InitialValue.New made) {
        Annotation kind = classes.find(made.className())
                .flatMap(model -> ClassPool.annotation(model, MAP_KIND))
                .orElseThrow(() -> new Refusal(
                        name, "no annotation says which kind of map it is", "use a map of dev.skep.lang.map"));
        MapType type = ClassPool.value(kind, "value")
                .map(v -> MapType.valueOf(((AnnotationValue.OfString) v).stringValue()))
                .orElseThrow();
        int flags = ClassPool.value(kind, "flags")
                .map(v -> ((AnnotationValue.OfInt) v).intValue())
                .orElse(0);
        long maxEntries = made.arguments().getFirst();
        if (maxEntries < 1) {
            throw new Refusal(name, "a map of " + maxEntries + " entries has no room", "give it at least 1");
        }
        List<FieldType> types = typeArguments(name, field);
        if (types.isEmpty() && type != MapType.PROG_ARRAY) {
            throw new Refusal(
                    name,
                    "the types of keys and values are not known",
                    "name classes as the type arguments of the field");
        }
        Optional<FieldType> number =
                FieldType.number(ConstantDescs.CD_int, true, false).map(t -> t);
        Optional<FieldType> key = switch (type) {
            case ARRAY, PERCPU_ARRAY, PROG_ARRAY -> number;
            case RINGBUF, QUEUE, STACK -> Optional.empty();
            default -> Optional.of(types.getFirst());
        };
        Optional<FieldType> value = type == MapType.PROG_ARRAY ? number : Optional.of(types.getLast());
        MapDeclaration declaration = new MapDeclaration(
                name,
                type,
                StaticFields.type(key),
                type == MapType.RINGBUF ? Optional.empty() : StaticFields.type(value),
                (int) maxEntries,
                flags,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                List.of());
        return new MapField(declaration, key, value);
    }

    private List<FieldType> typeArguments(String name, FieldModel field) {
        return field
                .findAttribute(Attributes.signature())
                .map(attribute ->
                        attribute.asTypeSignature() instanceof Signature.ClassTypeSig type ? type.typeArgs() : null)
                .orElse(List.of())
                .stream()
                .map(argument -> typeArgument(name, argument))
                .toList();
    }

    private FieldType typeArgument(String name, Signature.TypeArg argument) {
        if (argument instanceof Signature.TypeArg.Bounded bounded
                && bounded.boundType() instanceof Signature.ClassTypeSig type) {
            String className = ClassPool.internalName(type.classDesc());
            if (FieldType.boxed(className).isEmpty() && !layouts.isStruct(className)) {
                throw new Refusal(
                        name,
                        ClassPool.simpleName(className) + " can be neither key nor value of a map",
                        "use a class that extends dev.skep.lang.Struct, or a boxed number such as Integer or Long");
            }
            return FieldType.boxed(className)
                    .<FieldType>map(boxed -> boxed)
                    .orElseGet(() -> new FieldType.Inline(layouts.of(className)));
        }
        throw new Refusal(
                name, "the types of keys and values are not known", "name classes as the type arguments of the field");
    }
}
