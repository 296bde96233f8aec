package dev.skep.compiler.java;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what the constructors of an enum's constants set its fields to, as far as these are constants: it follows the arguments
 * from the static initializer into the constructor, along straight code.
 */
final class EnumConstructors {
    private final ClassModel model;
    private final String owner;
    private final Map<String, List<Long>> fields = new HashMap<>();

    private EnumConstructors(ClassModel model) {
        this.model = model;
        this.owner = model.thisClass().asInternalName();
    }

    /** The fields that are constant for all constants, by name, by ordinal. @param constants how many there are */
    static Map<String, List<Long>> fields(ClassModel model, int constants) {
        EnumConstructors constructors = new EnumConstructors(model);
        ClassPool.staticInitializer(model).ifPresent(constructors::initialize);
        constructors.fields.values().removeIf(values -> values.size() != constants);
        return constructors.fields;
    }

    /** Runs the static initializer up to the array of constants. An empty value is one that is not known. */
    private void initialize(CodeModel code) {
        List<Optional<Long>> stack = new ArrayList<>();
        for (CodeElement element : code) {
            switch (element) {
                case ConstantInstruction constant -> stack.add(number(constant));
                case ConvertInstruction conversion -> {}
                case NewObjectInstruction made -> stack.add(Optional.empty());
                case StackInstruction copy when copy.opcode() == Opcode.DUP -> stack.add(stack.getLast());
                case InvokeInstruction call when call.opcode() == Opcode.INVOKESPECIAL -> construct(call, stack);
                case FieldInstruction set when set.opcode() == Opcode.PUTSTATIC -> stack.clear();
                case Instruction other -> {
                    return;
                }
                default -> {}
            }
        }
    }

    private static Optional<Long> number(ConstantInstruction constant) {
        return constant.constantValue() instanceof Number number
                        && !(number instanceof Float || number instanceof Double)
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    private static List<Optional<Long>> pop(List<Optional<Long>> stack, int count) {
        List<Optional<Long>> top = stack.subList(stack.size() - count, stack.size());
        List<Optional<Long>> popped = List.copyOf(top);
        top.clear();
        return popped;
    }

    /** Runs a constructor on what is on the stack: the new object, and above it the arguments. */
    private void construct(InvokeInstruction call, List<Optional<Long>> stack) {
        List<Optional<Long>> arguments = pop(stack, call.typeSymbol().parameterCount());
        stack.removeLast();
        if (!call.owner().asInternalName().equals(owner)) {
            return;
        }
        Map<Integer, Optional<Long>> locals = new HashMap<>();
        int slot = 1;
        List<ClassDesc> types = call.typeSymbol().parameterList();
        for (int i = 0; i < types.size(); i++) {
            locals.put(slot, arguments.get(i));
            slot += TypeKind.from(types.get(i)).slotSize();
        }
        model.methods().stream()
                .filter(method -> method.methodName().equalsString("<init>")
                        && method.methodType().equalsString(call.type().stringValue()))
                .flatMap(method -> method.code().stream())
                .forEach(code -> construct(code, locals));
    }

    private void construct(CodeModel code, Map<Integer, Optional<Long>> locals) {
        List<Optional<Long>> stack = new ArrayList<>();
        for (CodeElement element : code) {
            switch (element) {
                case LoadInstruction load -> stack.add(locals.getOrDefault(load.slot(), Optional.empty()));
                case ConstantInstruction constant -> stack.add(number(constant));
                case FieldInstruction set
                when set.opcode() == Opcode.PUTFIELD -> {
                    String name = set.name().stringValue();
                    stack.removeLast()
                            .ifPresent(value -> fields.computeIfAbsent(name, n -> new ArrayList<>())
                                    .add(value));
                    stack.removeLast();
                }
                case InvokeInstruction call when call.opcode() == Opcode.INVOKESPECIAL -> construct(call, stack);
                case Instruction other -> {
                    return;
                }
                default -> {}
            }
        }
    }
}
