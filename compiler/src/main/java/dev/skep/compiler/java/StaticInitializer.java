package dev.skep.compiler.java;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the static initializer of a class as far as it sets fields to constants and new objects: it never runs in the kernel. */
final class StaticInitializer {
    /** An object whose constructor may not have been called yet. */
    private static final class NewObject {
        final String className;
        List<InitialValue> arguments = List.of();

        NewObject(String className) {
            this.className = className;
        }
    }

    /** An array whose elements may not all be set yet. */
    private record NewArray(long[] elements) {}

    /** More than that is no table but data, which belongs into a map. */
    private static final int LONGEST_ARRAY = 1 << 16;

    static final String ASSERTIONS = "$assertionsDisabled";

    private final String file;
    private final Findings findings;
    private final Map<String, InitialValue> values = new HashMap<>();
    /** {@code Long}, {@code NewObject}, {@code NewArray} or an {@code InitialValue}. */
    private final List<Object> stack = new ArrayList<>();

    private StaticInitializer(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** The values of static fields by name; of those that are not there, nothing is known but that they start as zero. */
    static Map<String, InitialValue> run(ClassModel model, Findings findings) {
        StaticInitializer initializer = new StaticInitializer(ClassPool.sourceFile(model), findings);
        ClassPool.staticInitializer(model).ifPresent(initializer::run);
        return initializer.values;
    }

    /** The line where a static field is set first or, if it starts as zero, used first; 0 if the class file says neither. */
    static int line(ClassModel model, String field) {
        return Stream.concat(
                        ClassPool.staticInitializer(model).stream(),
                        model.methods().stream().flatMap(method -> method.code().stream()))
                .mapToInt(code -> line(code, field))
                .filter(line -> line > 0)
                .findFirst()
                .orElse(0);
    }

    private static int line(CodeModel code, String field) {
        int line = 0;
        for (CodeElement element : code) {
            if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof FieldInstruction set && set.name().equalsString(field)) {
                return line;
            }
        }
        return 0;
    }

    private void run(CodeModel code) {
        int line = 0;
        boolean inAssertions = false;
        boolean refused = false;
        for (CodeElement element : code) {
            if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof InvokeInstruction call
                    && call.name().equalsString("desiredAssertionStatus")) {
                inAssertions = true;
            } else if (inAssertions) {
                inAssertions = !(element instanceof FieldInstruction);
                stack.clear();
            } else if (refused) {
                refused = !isSet(element);
            } else if (element instanceof Instruction instruction) {
                refused = !findings.guard(file, line, () -> step(instruction)) && !isSet(element);
            }
        }
    }

    /** What follows a refusal, up to the field that it is for, is left aside. */
    private boolean isSet(CodeElement element) {
        if (!(element instanceof FieldInstruction field) || field.opcode() != Opcode.PUTSTATIC) {
            return false;
        }
        values.put(field.name().stringValue(), new InitialValue.Refused());
        stack.clear();
        return true;
    }

    private void step(Instruction instruction) {
        switch (instruction) {
            case ConstantInstruction constant ->
                push(
                        switch (constant.constantValue()) {
                            case Integer number -> number.longValue();
                            case Long number -> number;
                            default -> new InitialValue.Other();
                        });
            case ConvertInstruction conversion when stack.getLast() instanceof Long -> {}
            case NewObjectInstruction made ->
                push(new NewObject(made.className().asInternalName()));
            case StackInstruction copy when copy.opcode() == Opcode.DUP -> push(stack.getLast());
            case InvokeInstruction call -> call(call);
            case FieldInstruction field
            when field.opcode() == Opcode.PUTSTATIC ->
                values.put(field.name().stringValue(), value(stack.removeLast()));
            case FieldInstruction field
            when field.opcode() == Opcode.GETSTATIC ->
                push(new InitialValue.StaticField(
                        field.owner().asInternalName(), field.name().stringValue()));
            case NewPrimitiveArrayInstruction made -> push(newArray());
            case ArrayStoreInstruction store -> storeElement();
            case ReturnInstruction end -> {}
            default -> throw refusal(instruction.opcode().name());
        }
    }

    private NewArray newArray() {
        if (!(stack.removeLast() instanceof Long length) || length < 1 || length > LONGEST_ARRAY) {
            throw refusal("an array of no elements, or more than " + LONGEST_ARRAY);
        }
        return new NewArray(new long[length.intValue()]);
    }

    private void storeElement() {
        List<Object> operands = stack.subList(stack.size() - 3, stack.size());
        if (!(operands.get(0) instanceof NewArray(long[] elements))
                || !(operands.get(1) instanceof Long index)
                || !(operands.get(2) instanceof Long value)) {
            throw refusal("an element that is not constant");
        }
        elements[index.intValue()] = value;
        operands.clear();
    }

    private void push(Object value) {
        stack.add(value);
    }

    private void call(InvokeInstruction call) {
        int count = call.typeSymbol().parameterCount();
        if (!call.name().equalsString("<init>") || stack.size() <= count) {
            throw refusal("a call of " + call.name().stringValue());
        }
        List<Object> arguments = stack.subList(stack.size() - count, stack.size());
        List<InitialValue> values =
                arguments.stream().map(StaticInitializer::value).toList();
        boolean known = values.stream().noneMatch(InitialValue.Other.class::isInstance);
        arguments.clear();
        if (!(stack.removeLast() instanceof NewObject made) || !known) {
            throw refusal("a constructor with arguments that are not constants");
        }
        made.arguments = values;
    }

    private static InitialValue value(Object value) {
        return switch (value) {
            case Long number -> new InitialValue.Number(number);
            case NewObject made -> new InitialValue.New(made.className, made.arguments);
            case NewArray(long[] elements) ->
                new InitialValue.Numbers(Arrays.stream(elements).boxed().toList());
            case InitialValue.StaticField constant -> constant;
            default -> new InitialValue.Other();
        };
    }

    private static Refusal refusal(String what) {
        return new Refusal(
                "static initializer: " + what,
                "static fields are set before the program is loaded, where no code runs",
                "set them to constants, arrays of constants, new maps and new structs only");
    }
}
