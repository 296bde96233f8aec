package dev.skep.compiler.java;

import dev.skep.compiler.ir.Value;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/** Adapts arguments of a lambda expression or method reference to its method's types, as {@code LambdaMetafactory} does. */
final class ClosureArguments {
    private ClosureArguments() {}

    /** @param arguments the captured ones first */
    static List<Operand> adapted(List<Operand> arguments, MethodTypeDesc type, Emitter emitter, Machine machine) {
        List<Operand> adapted = new ArrayList<>(arguments);
        int receivers = arguments.size() - type.parameterCount();
        for (int i = 0; i < type.parameterCount(); i++) {
            int at = i + receivers;
            adapted.set(at, adapted(arguments.get(at), type.parameterType(i), emitter, machine));
        }
        return adapted;
    }

    private static Operand adapted(Operand operand, ClassDesc type, Emitter emitter, Machine machine) {
        if (!type.isPrimitive()) {
            return operand;
        }
        Operand number = switch (operand) {
            case Operand.Boxed(Value value, FieldType.Number boxed) -> new Operand.Number(value);
            case Operand.BoxInMap(Value pointer, FieldType.Number boxed) ->
                new Operand.Number(emitter.load(pointer, 0, boxed));
            default -> operand;
        };
        return TypeKind.from(type) == TypeKind.LONG
                ? new Operand.Number(emitter.widen(machine.number(number)))
                : number;
    }
}
