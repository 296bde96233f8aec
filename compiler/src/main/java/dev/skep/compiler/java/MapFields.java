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
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Reads the declarations of maps: their kind from the class, keys and values from the type arguments, sizes from the constructor. */
final class MapFields {
    private static final String MAPS = "dev/skep/lang/map/";

    /** What maps by numbers, and maps of what only the kernel knows, have as keys and values. */
    private static final FieldType NUMBER =
            FieldType.number(ConstantDescs.CD_int, true, false).orElseThrow();

    /** {@code PERF_MAX_STACK_DEPTH} of linux/perf_event.h: the most addresses that the kernel writes down. */
    private static final int DEEPEST_STACK = 127;

    private static final FieldType ADDRESSES = new FieldType.Array(
            FieldType.number(ConstantDescs.CD_long, true, false).orElseThrow(), DEEPEST_STACK);

    private final ClassPool classes;
    private final StructLayouts layouts;

    MapFields(ClassPool classes, StructLayouts layouts) {
        this.classes = classes;
        this.layouts = layouts;
    }

    /** A map. @throws Refusal if its kind, keys, values or size cannot be */
    MapField map(String name, FieldModel field, InitialValue.New made) {
        List<Signature.TypeArg> types = field.findAttribute(Attributes.signature()).stream()
                .flatMap(attribute -> typeArguments(attribute.asTypeSignature()).stream())
                .toList();
        MapField map = map(name, types, made);
        MapDeclaration declaration = map.declaration();
        MapSpec.Pinning pinning = ClassPool.annotation(field, MAPS + "Pinned").isPresent()
                ? MapSpec.Pinning.BY_NAME
                : MapSpec.Pinning.NONE;
        int flags = declaration.flags()
                | ClassPool.annotation(field, MAPS + "MapFlags")
                        .flatMap(a -> ClassPool.number(a, "value"))
                        .orElse(0);
        return map.with(new MapDeclaration(
                name,
                declaration.type(),
                declaration.key(),
                declaration.value(),
                declaration.maxEntries(),
                flags,
                pinning,
                declaration.inner(),
                slots(name, field, declaration)));
    }

    private static List<Signature.TypeArg> typeArguments(Signature signature) {
        return signature instanceof Signature.ClassTypeSig type ? type.typeArgs() : List.of();
    }

    private static List<MapSpec.InitialSlot> slots(String name, FieldModel field, MapDeclaration map) {
        List<String> names = ClassPool.annotation(field, MAPS + "Slots")
                .flatMap(slots -> ClassPool.value(slots, "value"))
                .map(value -> ((AnnotationValue.OfArray) value)
                        .values().stream()
                                .map(v -> ((AnnotationValue.OfString) v).stringValue())
                                .toList())
                .orElse(List.of());
        if (!names.isEmpty() && !MapShape.holdsSlots(map.type())) {
            throw new Refusal(
                    name, "only program arrays and arrays of maps have @Slots", "put values in from user space");
        }
        if (names.size() > map.maxEntries()) {
            throw new Refusal(
                    name, "there are " + names.size() + " @Slots for " + map.maxEntries(), "make the map larger");
        }
        return IntStream.range(0, names.size())
                .filter(i -> !names.get(i).isEmpty())
                .mapToObj(i -> new MapSpec.InitialSlot(i, names.get(i)))
                .toList();
    }

    private MapField map(String name, List<Signature.TypeArg> types, InitialValue.New made) {
        Annotation kind = classes.find(made.className())
                .flatMap(model -> ClassPool.annotation(model, MAPS + "MapKind"))
                .orElseThrow(() -> new Refusal(
                        name, "no annotation says which kind of map it is", "use a map of dev.skep.lang.map"));
        MapType type = ClassPool.text(kind, "value").map(MapType::valueOf).orElseThrow();
        MapShape shape = MapShape.of(type);
        if (types.size() < shape.typeArguments()) {
            throw new Refusal(
                    name,
                    "the types of keys and values are not known",
                    "name classes as the type arguments of the field");
        }
        Optional<FieldType> key = part(shape.key(), () -> typeArgument(name, types.getFirst()));
        Optional<FieldType> value = part(shape.value(), () -> typeArgument(name, types.getLast()));
        Optional<MapField> inner =
                MapShape.holdsMaps(type) ? Optional.of(inner(name, types.getLast(), made)) : Optional.empty();
        MapDeclaration declaration = new MapDeclaration(
                name,
                type,
                StaticFields.type(key),
                type == MapType.RINGBUF ? Optional.empty() : StaticFields.type(value),
                maxEntries(name, shape, made),
                ClassPool.number(kind, "flags").orElse(0),
                MapSpec.Pinning.NONE,
                inner.map(MapField::declaration),
                List.of());
        return new MapField(declaration, key, value, inner);
    }

    private static Optional<FieldType> part(MapShape.Part part, Supplier<FieldType> named) {
        return switch (part) {
            case NONE -> Optional.empty();
            case NUMBER -> Optional.of(NUMBER);
            case STACK -> Optional.of(ADDRESSES);
            case NAMED -> Optional.of(named.get());
        };
    }

    private static int maxEntries(String name, MapShape shape, InitialValue.New made) {
        if (!shape.sized()) {
            return 0;
        }
        long entries = made.arguments().stream()
                .filter(InitialValue.Number.class::isInstance)
                .mapToLong(argument -> ((InitialValue.Number) argument).value())
                .findFirst()
                .orElse(0);
        if (entries < 1) {
            throw new Refusal(name, "a map of " + entries + " entries has no room", "give it at least 1");
        }
        return (int) entries;
    }

    private MapField inner(String name, Signature.TypeArg type, InitialValue.New made) {
        if (type instanceof Signature.TypeArg.Bounded bounded
                && made.arguments().getLast() instanceof InitialValue.New template) {
            return map(name + ".inner", typeArguments(bounded.boundType()), template);
        }
        throw new Refusal(
                name, "what the inner maps are like is not known", "give the constructor a new map and name its class");
    }

    private FieldType typeArgument(String name, Signature.TypeArg argument) {
        if (argument instanceof Signature.TypeArg.Bounded bounded
                && bounded.boundType() instanceof Signature.ClassTypeSig type) {
            String className = ClassPool.internalName(type.classDesc());
            Optional<FieldType.Enumeration> enumeration = layouts.enums().fieldType(className);
            if (enumeration.isPresent()) {
                return enumeration.get();
            }
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
