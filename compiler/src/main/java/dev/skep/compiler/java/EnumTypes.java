package dev.skep.compiler.java;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Enums, and what {@code javac} makes for switches over them. */
final class EnumTypes {
    private static final String ENUM = "java/lang/Enum";
    private static final String SWITCH_MAP = "$SwitchMap$";

    private final ClassPool classes;
    private final Map<String, EnumType> known = new HashMap<>();
    private final Map<String, Map<Integer, Integer>> switchMaps = new HashMap<>();

    EnumTypes(ClassPool classes) {
        this.classes = classes;
    }

    /** The enum that a class is, or a constant of which has this class; empty for other classes. */
    Optional<EnumType> find(String className) {
        EnumType type = known.get(className);
        if (type != null) {
            return Optional.of(type);
        }
        Optional<EnumType> found = classes.find(className)
                .filter(model -> ClassPool.superclass(model).equals(Optional.of(ENUM)))
                .map(model -> read(className, model));
        found.ifPresent(made -> known.put(className, made));
        return found;
    }

    private static EnumType read(String className, ClassModel model) {
        List<String> constants = model.fields().stream()
                .filter(field -> field.flags().has(AccessFlag.ENUM))
                .map(field -> field.fieldName().stringValue())
                .toList();
        return new EnumType(className, constants, EnumConstructors.fields(model, constants.size()));
    }

    /** True if an array has, for the ordinals of an enum, the numbers that a switch goes by. */
    static boolean isSwitchMap(String field) {
        return field.startsWith(SWITCH_MAP);
    }

    /** The numbers in such an array by ordinal, as the static initializer of its class sets them. */
    Map<Integer, Integer> switchMap(String owner, String field) {
        return switchMaps.computeIfAbsent(owner + "." + field, key -> {
            Map<Integer, Integer> numbers = new HashMap<>();
            classes.find(owner)
                    .flatMap(ClassPool::staticInitializer)
                    .ifPresent(code -> readSwitchMap(code, field, numbers));
            return Map.copyOf(numbers);
        });
    }

    /** {@code javac} writes {@code map[State.OPEN.ordinal()] = 1} for each constant. */
    private void readSwitchMap(CodeModel code, String field, Map<Integer, Integer> numbers) {
        boolean within = false;
        Optional<Integer> ordinal = Optional.empty();
        int number = 0;
        for (CodeElement element : code) {
            switch (element) {
                case FieldInstruction read
                when read.opcode() == Opcode.GETSTATIC
                        && isSwitchMap(read.name().stringValue()) ->
                    within = read.name().equalsString(field);
                case FieldInstruction read
                when read.opcode() == Opcode.GETSTATIC ->
                    ordinal = find(read.owner().asInternalName())
                            .flatMap(type -> type.ordinal(read.name().stringValue()));
                case ConstantInstruction constant
                when constant.constantValue() instanceof Integer value -> number = value;
                case ArrayStoreInstruction store -> {
                    if (within && ordinal.isPresent()) {
                        numbers.put(ordinal.get(), number);
                    }
                }
                default -> {}
            }
        }
    }

    /** @throws Refusal if a constant with a body has a method of its own in the place of this one */
    void refuseOverridden(EnumType type, String method, String descriptor) {
        boolean overridden = classes.find(type.className()).stream()
                .flatMap(model -> model.findAttribute(Attributes.permittedSubclasses()).stream())
                .flatMap(attribute -> attribute.permittedSubclasses().stream())
                .flatMap(subclass -> classes.find(subclass.asInternalName()).stream())
                .flatMap(model -> model.methods().stream())
                .anyMatch(m ->
                        m.methodName().equalsString(method) && m.methodType().equalsString(descriptor));
        if (overridden) {
            throw new Refusal(
                    method + "() of " + ClassPool.simpleName(type.className()),
                    "constants have a method of their own, and which one is meant is known only while the program runs",
                    "write one method with a switch over the constants");
        }
    }

    /** The type of a field that is an enum. */
    Optional<FieldType.Enumeration> fieldType(String className) {
        return find(className)
                .map(type -> new FieldType.Enumeration(
                        className, type.type(ClassPool.simpleName(className).replace('.', '_'))));
    }
}
