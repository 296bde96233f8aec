package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.MapDeclaration;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.constant.ConstantDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What static fields are in BPF: constants, globals and maps. */
final class StaticFields {
    /** What a static field is. */
    sealed interface Meaning {
        /** A number that never changes. */
        record Constant(long value, FieldType.Number type) implements Meaning {}

        /** A number in a section of globals. */
        record Global(Operation.GlobalAddress address, FieldType.Number type, boolean readOnly) implements Meaning {}

        /** A struct in a section of globals. */
        record GlobalStruct(Operation.GlobalAddress address, StructType struct) implements Meaning {}

        /** Numbers in a row in a section of globals. */
        record GlobalArray(Operation.GlobalAddress address, FieldType.Array type) implements Meaning {}

        /** A constant of an enum. */
        record Enumerated(EnumType type, int ordinal) implements Meaning {}

        /** A map. */
        record Map(MapField map) implements Meaning {}
    }

    private static final String BPF_MAP = "dev/skep/lang/map/BpfMap";

    private final ClassPool classes;
    private final StructLayouts layouts;
    private final Globals globals;
    private final Findings findings;
    private final Map<String, Map<String, InitialValue>> initialValues = new HashMap<>();
    private final Map<String, Meaning> meanings = new LinkedHashMap<>();
    private final LoadedNames names;

    StaticFields(ClassPool classes, StructLayouts layouts, Globals globals, Findings findings) {
        this.classes = classes;
        this.layouts = layouts;
        this.globals = globals;
        this.findings = findings;
        this.names = new LoadedNames(findings);
    }

    /** What a static field is. @throws Refusal if it is nothing that programs can use */
    Meaning of(String owner, String name) {
        String key = owner + "." + name;
        Meaning meaning = meanings.get(key);
        if (meaning == null) {
            ClassModel model = classes.find(owner)
                    .orElseThrow(() -> new Refusal(
                            ClassPool.simpleName(owner) + "." + name,
                            "the class is not there, or one of the JDK",
                            "use fields of your own classes"));
            FieldModel field = classes.field(owner, name)
                    .orElseThrow(() -> new Refusal(
                            ClassPool.simpleName(owner) + "." + name,
                            "the class has no such static field itself",
                            "name the class that declares it"));
            meaning = meaning(owner, name, model, field);
            meanings.put(key, meaning);
            if (meaning instanceof Meaning.Map(MapField map)) {
                names.add(map.declaration(), model);
            } else if (isConfigurable(field)) {
                names.add(name, model);
            }
        }
        return meaning;
    }

    /** Looks at all maps and configurable fields that a class declares, so that they are there even if no program uses them. */
    void declareAll(ClassModel model) {
        String owner = model.thisClass().asInternalName();
        for (FieldModel field : model.fields()) {
            if (field.flags().has(AccessFlag.STATIC) && (isMap(field) || isConfigurable(field))) {
                String name = field.fieldName().stringValue();
                findings.guard(ClassPool.sourceFile(model), StaticInitializer.line(model, name), () -> of(owner, name));
            }
        }
    }

    /** All maps that were asked for. */
    List<MapDeclaration> maps() {
        List<MapDeclaration> maps = new ArrayList<>();
        for (Meaning meaning : meanings.values()) {
            if (meaning instanceof Meaning.Map(MapField map)) {
                maps.add(map.declaration());
            }
        }
        return maps;
    }

    /** Maps and configurable fields as loaders know them. */
    LoadedNames names() {
        return names;
    }

    private boolean isMap(FieldModel field) {
        return field.fieldTypeSymbol().isClassOrInterface()
                && classes.isA(ClassPool.internalName(field.fieldTypeSymbol()), BPF_MAP);
    }

    private static boolean isConfigurable(FieldModel field) {
        return ClassPool.annotation(field, "dev/skep/lang/Configurable").isPresent();
    }

    private Meaning meaning(String owner, String name, ClassModel model, FieldModel field) {
        if (name.equals(StaticInitializer.ASSERTIONS)) {
            return new Meaning.Constant(
                    0, FieldType.number(field.fieldTypeSymbol(), false, false).orElseThrow());
        }
        Optional<FieldType.Number> number = FieldType.number(
                field.fieldTypeSymbol(),
                ClassPool.annotation(field, "dev/skep/lang/Unsigned").isPresent(),
                false);
        InitialValue initial = initialValue(owner, name, model, field);
        if (number.isPresent() && initial instanceof InitialValue.Number(long value)) {
            return number(new Globals.Name(owner, name), field, number.get(), value);
        }
        if (initial instanceof InitialValue.Refused) {
            throw new AlreadyRefused();
        }
        boolean last = field.flags().has(AccessFlag.FINAL);
        if (last && initial instanceof InitialValue.Numbers(List<Long> values)) {
            return array(new Globals.Name(owner, name), field, values);
        }
        if (last && initial instanceof InitialValue.StaticField(String enumeration, String constant)) {
            return enumerated(ClassPool.simpleName(owner) + "." + name, enumeration, constant);
        }
        if (isMap(field) && last && initial instanceof InitialValue.New made) {
            return new Meaning.Map(new MapFields(classes, layouts).map(name, field, made));
        }
        if (last && initial instanceof InitialValue.New made && layouts.isStruct(made.className())) {
            StructType struct = layouts.of(made.className());
            return new Meaning.GlobalStruct(
                    globals.add(
                            ".bss",
                            new Globals.Name(owner, name),
                            struct.type(),
                            new byte[struct.type().size()]),
                    struct);
        }
        throw new Refusal(
                ClassPool.simpleName(owner) + "." + name,
                "programs can use static fields that are integers, and static final fields set to a new map, a new struct, an"
                        + " array of numbers or a constant of an enum",
                "declare it as one of these");
    }

    private Meaning array(Globals.Name name, FieldModel field, List<Long> values) {
        FieldType.Number element = FieldType.number(
                        field.fieldTypeSymbol().componentType(),
                        ClassPool.annotation(field, "dev/skep/lang/Unsigned").isPresent(),
                        false)
                .orElseThrow(
                        () -> new Refusal(name.field(), "BPF has no floating point", "use an array of whole numbers"));
        return new Meaning.GlobalArray(
                globals.array(name, element, values), new FieldType.Array(element, values.size()));
    }

    private Meaning enumerated(String what, String enumeration, String constant) {
        return layouts.enums()
                .find(enumeration)
                .flatMap(type -> type.ordinal(constant).<Meaning>map(o -> new Meaning.Enumerated(type, o)))
                .orElseThrow(() -> new Refusal(
                        what,
                        "another static field is no constant",
                        "set it to a literal, or to a constant of an enum"));
    }

    private Meaning number(Globals.Name name, FieldModel field, FieldType.Number type, long value) {
        boolean configurable = isConfigurable(field);
        boolean last = field.flags().has(AccessFlag.FINAL);
        if (configurable && last) {
            throw new Refusal(
                    name.field(),
                    "javac compiles the value of a final field into the programs, so it cannot be configured",
                    "leave out final");
        }
        return last
                ? new Meaning.Constant(value, type)
                : new Meaning.Global(globals.number(name, type, value, configurable), type, configurable);
    }

    private InitialValue initialValue(String owner, String name, ClassModel model, FieldModel field) {
        Optional<ConstantDesc> constant = field.findAttribute(Attributes.constantValue())
                .map(attribute -> attribute.constant().constantValue());
        if (constant.isPresent()) {
            return switch (constant.get()) {
                case Integer value -> new InitialValue.Number(value);
                case Long value -> new InitialValue.Number(value);
                default -> new InitialValue.Other();
            };
        }
        return initialValues
                .computeIfAbsent(owner, o -> StaticInitializer.run(model, findings))
                .getOrDefault(name, new InitialValue.Number(0));
    }

    /** A constant as it is on the JVM's operand stack. */
    static Constant constant(Meaning.Constant constant) {
        return Constant.of(constant.type().stackType(), constant.value());
    }

    /** A map's type information of a key or value that it has none of. */
    static Optional<CType> type(Optional<FieldType> type) {
        return type.map(FieldType::type);
    }
}
