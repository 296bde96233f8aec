package dev.skep.compiler.java;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    static final String ASSERTIONS = "$assertionsDisabled";

    private final String file;
    private final Findings findings;
    private final Map<String, InitialValue> values = new HashMap<>();
    /** {@code Long}, {@code NewObject} or {@code InitialValue.Other}. */
    private final List<Object> stack = new ArrayList<>();

    private StaticInitializer(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** The values of static fields by name; of those that are not there, nothing is known but that they start as zero. */
    static Map<String, InitialValue> run(ClassModel model, Findings findings) {
        StaticInitializer initializer = new StaticInitializer(ClassPool.sourceFile(model), findings);
        model.methods().stream()
                .filter(method -> method.methodName().equalsString("<clinit>"))
                .flatMap(method -> method.code().stream())
                .forEach(initializer::run);
        return initializer.values;
    }

    /** The line where a static field is set first, 0 if the class file does not say. */
    static int line(ClassModel model, String field) {
        return model.methods().stream()
                .filter(method -> method.methodName().equalsString("<clinit>"))
                .flatMap(method -> method.code().stream())
                .mapToInt(code -> line(code, field))
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
        for (CodeElement element : code) {
            if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof InvokeInstruction call
                    && call.name().equalsString("desiredAssertionStatus")) {
                inAssertions = true;
            } else if (inAssertions) {
                inAssertions = !(element instanceof FieldInstruction);
                stack.clear();
            } else if (element instanceof Instruction instruction
                    && !findings.guard(file, line, () -> step(instruction))) {
                return;
            }
        }
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
            case ReturnInstruction end -> {}
            default -> throw refusal(instruction.opcode().name());
        }
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
            default -> new InitialValue.Other();
        };
    }

    private static Refusal refusal(String what) {
        return new Refusal(
                "static initializer: " + what,
                "static fields are set before the program is loaded, where no code runs",
                "set them to constants, new maps and new structs only");
    }
}
