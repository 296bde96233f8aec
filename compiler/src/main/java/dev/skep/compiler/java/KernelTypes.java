package dev.skep.compiler.java;

import dev.skep.compiler.type.CType;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads classes that extend {@code dev.skep.lang.kernel.KernelStruct}. */
final class KernelTypes {
    private static final String INSIDE = "dev/skep/lang/kernel/Inside";
    private static final String ADDRESS = "dev/skep/lang/kernel/Address";

    private final ClassPool classes;
    private final StructLayouts layouts;
    private final Map<String, KernelType> known = new HashMap<>();

    KernelTypes(ClassPool classes, StructLayouts layouts) {
        this.classes = classes;
        this.layouts = layouts;
    }

    /** True if a class is a structure of the kernel. */
    boolean isKernelStruct(String className) {
        return classes.isA(className, StructLayouts.KERNEL_STRUCT);
    }

    /** What is declared. @throws Refusal if it is no structure of the kernel, or has a field that cannot be read */
    KernelType of(String className) {
        KernelType type = known.get(className);
        if (type == null) {
            ClassModel model = classes.find(className)
                    .filter(m -> isKernelStruct(className))
                    .orElseThrow(() -> new Refusal(
                            ClassPool.simpleName(className),
                            "it is no structure of the kernel",
                            "let the class extend dev.skep.lang.kernel.KernelStruct"));
            type = read(className, model);
            known.put(className, type);
        }
        return type;
    }

    private KernelType read(String className, ClassModel model) {
        Map<String, KernelType.Field> fields = new HashMap<>();
        List<CType.Member> members = new ArrayList<>();
        int end = 0;
        for (FieldModel field : model.fields()) {
            if (!field.flags().has(AccessFlag.STATIC)) {
                KernelType.Content content = content(className, field);
                CType type = type(content);
                int offset = (end + type.alignment() - 1) & -type.alignment();
                String name = field.fieldName().stringValue();
                fields.put(name, new KernelType.Field(members.size(), offset, content));
                members.add(new CType.Member(name, type, offset));
                end = offset + type.size();
            }
        }
        int size = (end + 7) & -8;
        CType.Composite type = new CType.Composite(StructLayouts.cName(className, model), false, size, 8, members);
        return new KernelType(className, type, fields);
    }

    private KernelType.Content content(String className, FieldModel field) {
        ClassDesc type = field.fieldTypeSymbol();
        if (type.isClassOrInterface() && isKernelStruct(ClassPool.internalName(type))) {
            String other = ClassPool.internalName(type);
            return ClassPool.annotation(field, INSIDE).isPresent()
                    ? new KernelType.Content.Inside(other)
                    : new KernelType.Content.PointerTo(other);
        }
        if (type.equals(ConstantDescs.CD_long)
                && ClassPool.annotation(field, ADDRESS).isPresent()) {
            return new KernelType.Content.Plain(KernelMemory.ADDRESS);
        }
        FieldType plain = layouts.fieldType(className, field);
        if (plain instanceof FieldType.Inline || plain instanceof FieldType.Array(FieldType.Inline i, int n)) {
            throw new Refusal(
                    ClassPool.simpleName(className) + "." + field.fieldName().stringValue(),
                    "it is a struct of programs, not one of the kernel",
                    "let its class extend dev.skep.lang.kernel.KernelStruct, and annotate the field with @Inside");
        }
        if (plain instanceof FieldType.Enumeration) {
            throw new Refusal(
                    ClassPool.simpleName(className) + "." + field.fieldName().stringValue(),
                    "the kernel's numbers of an enum's constants are not the ordinals in Java",
                    "declare it as an int");
        }
        return new KernelType.Content.Plain(plain);
    }

    private CType type(KernelType.Content content) {
        return switch (content) {
            case KernelType.Content.Plain(FieldType type) -> type.type();
            case KernelType.Content.Inside(String className) -> of(className).type();
            case KernelType.Content.PointerTo(String className) ->
                new CType.Pointer(new CType.Named(
                        StructLayouts.cName(className, classes.find(className).orElseThrow()), false));
        };
    }
}
