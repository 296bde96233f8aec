package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lays out classes that extend {@code dev.skep.lang.Struct} as C does. */
public final class StructLayouts {
    static final String STRUCT = "dev/skep/lang/Struct";
    static final String CONTEXT = "dev/skep/lang/Context";
    static final String KERNEL_STRUCT = "dev/skep/lang/kernel/KernelStruct";

    private static final String LANG = "dev/skep/lang/";

    private final ClassPool classes;
    private final EnumTypes enums;
    private final Map<String, StructType> known = new HashMap<>();
    private final List<String> open = new ArrayList<>();

    StructLayouts(ClassPool classes) {
        this.classes = classes;
        this.enums = new EnumTypes(classes);
    }

    /** Layouts of the classes of a source. */
    public static StructLayouts of(ClassSource source) {
        return new StructLayouts(new ClassPool(source));
    }

    /** Enums, which can be fields of structs. */
    EnumTypes enums() {
        return enums;
    }

    /** True if a class is a struct or a context. */
    public boolean isStruct(String className) {
        return classes.isA(className, STRUCT);
    }

    /** True if a class is what programs are called with. */
    public boolean isContext(String className) {
        return classes.isA(className, CONTEXT);
    }

    /**
     * The layout of a struct.
     *
     * @throws Refusal if it is none, is part of itself, or has a field that C does not know
     */
    public StructType of(String className) {
        StructType layout = known.get(className);
        if (layout != null) {
            return layout;
        }
        ClassModel model = classes.find(className)
                .filter(m -> isStruct(className))
                .orElseThrow(() -> new Refusal(
                        ClassPool.simpleName(className),
                        "it is not a struct",
                        "let the class extend dev.skep.lang.Struct, or use a boxed number such as Integer or Long"));
        if (open.contains(className)) {
            throw new Refusal(
                    ClassPool.simpleName(className), "the struct contains itself", "hold a key of a map instead");
        }
        open.add(className);
        try {
            StructType made = layOut(className, model);
            known.put(className, made);
            return made;
        } finally {
            open.removeLast();
        }
    }

    /** {@code null} where a class is expected. */
    Operand nullOf(String className) {
        Value pointer = Constant.nullPointer(Pointer.nullable(Pointer.Provenance.MAP_VALUE));
        if (isStruct(className)) {
            return new Operand.Reference(pointer, className, Collections.emptySortedSet());
        }
        if (classes.isA(className, KERNEL_STRUCT)) {
            return new Operand.Reference(
                    Constant.nullPointer(Pointer.nullable(Pointer.Provenance.KERNEL_ADDRESS)),
                    className,
                    Collections.emptySortedSet());
        }
        return FieldType.boxed(className)
                .<Operand>map(number -> new Operand.BoxInMap(pointer, number))
                .or(() -> enums.find(className).map(type -> EnumTranslation.constant(type, EnumType.NULL)))
                .orElseGet(Operand.Null::new);
    }

    /** What is known of a reference that is one or the other. */
    Operand.Reference either(Operand.Reference one, Operand.Reference other) {
        if (one.possible().containsAll(other.possible())) {
            return one;
        }
        SortedSet<String> possible = new TreeSet<>(one.possible());
        possible.addAll(other.possible());
        String className = one.possible().isEmpty() ? other.className() : common(one.className(), other.className());
        return new Operand.Reference(one.pointer(), className, possible);
    }

    /** The nearest class that both are or extend. */
    private String common(String one, String other) {
        Optional<String> parent = Optional.of(one);
        while (parent.isPresent() && !classes.isA(other, parent.get())) {
            parent = classes.find(parent.get()).flatMap(ClassPool::superclass);
        }
        return parent.orElse(one);
    }

    private StructType layOut(String className, ClassModel model) {
        Optional<StructType> parent = ClassPool.superclass(model)
                .filter(p -> !p.equals(STRUCT) && !p.equals(CONTEXT))
                .map(this::of);
        Map<String, StructType.Field> fields = new LinkedHashMap<>();
        List<CType.Member> members = new ArrayList<>();
        parent.ifPresent(p -> {
            fields.putAll(p.fields());
            members.addAll(p.type().members());
        });
        boolean union = ClassPool.annotation(model, LANG + "Union").isPresent();
        int end = parent.map(p -> p.type().size()).orElse(0);
        int alignment = parent.map(p -> p.type().alignment()).orElse(1);
        for (FieldModel field : model.fields()) {
            if (field.flags().has(AccessFlag.STATIC) || field.flags().has(AccessFlag.SYNTHETIC)) {
                continue;
            }
            FieldType type = fieldType(className, field);
            int offset = union ? 0 : roundUp(end, type.type().alignment());
            String name = field.fieldName().stringValue();
            if (fields.put(name, new StructType.Field(offset, type)) != null) {
                throw new Refusal(
                        ClassPool.simpleName(className) + "." + name,
                        "a class that it extends has a field of this name, and members of a struct have different ones",
                        "give it another name");
            }
            members.add(new CType.Member(name, type.type(), offset));
            end = Math.max(end, offset + type.size());
            alignment = Math.max(alignment, type.type().alignment());
        }
        CType.Composite type =
                new CType.Composite(cName(className, model), union, roundUp(end, alignment), alignment, members);
        return new StructType(className, type, fields);
    }

    /** The name in C. */
    static String cName(String className, ClassModel model) {
        return ClassPool.annotation(model, LANG + "KernelName")
                .flatMap(a -> ClassPool.text(a, "value"))
                .orElseGet(() -> ClassPool.simpleName(className).replace('.', '_'));
    }

    /** The type of a field. @throws Refusal if C does not know it */
    FieldType fieldType(String className, FieldModel field) {
        ClassDesc type = field.fieldTypeSymbol();
        String what = ClassPool.simpleName(className) + "." + field.fieldName().stringValue();
        if (!type.isArray()) {
            if (ClassPool.annotation(field, LANG + "Length").isPresent()) {
                throw new Refusal(
                        what, "@Length says how many elements an array has, and this is none", "declare an array");
            }
            return element(what, field, type);
        }
        int length = ClassPool.annotation(field, LANG + "Length")
                .flatMap(a -> ClassPool.number(a, "value"))
                .orElseThrow(() -> new Refusal(
                        what, "nothing says how many elements the array has", "annotate the field with @Length"));
        if (length < 1) {
            throw new Refusal(what, "an array of " + length + " elements has no room", "give @Length at least 1");
        }
        return new FieldType.Array(element(what, field, type.componentType()), length);
    }

    private FieldType element(String what, AttributedElement field, ClassDesc type) {
        boolean unsigned = ClassPool.annotation(field, LANG + "Unsigned").isPresent();
        boolean bigEndian = ClassPool.annotation(field, LANG + "BigEndian").isPresent();
        Optional<FieldType.Number> number = FieldType.number(type, unsigned, bigEndian);
        if (number.isPresent()) {
            return number.get();
        }
        if (type.isClassOrInterface() && isStruct(ClassPool.internalName(type))) {
            return new FieldType.Inline(of(ClassPool.internalName(type)));
        }
        if (type.isClassOrInterface()
                && enums.find(ClassPool.internalName(type)).isPresent()) {
            return enums.fieldType(ClassPool.internalName(type)).orElseThrow();
        }
        throw new Refusal(
                what,
                type.displayName() + " has no place in a struct",
                "use integers, boolean, enums, arrays of them with @Length, or another struct");
    }

    private static int roundUp(int offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }
}
