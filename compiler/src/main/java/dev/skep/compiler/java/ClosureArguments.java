package dev.skep.compiler.java;

import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adapts arguments and results of lambda expressions and method references, as {@code LambdaMetafactory} does. */
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
            return operand instanceof Operand.Number(Value value) ? boxed(value) : operand;
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

    private static Operand boxed(Value value) {
        ClassDesc type = value.type() == Int.I64 ? ConstantDescs.CD_long : ConstantDescs.CD_int;
        return new Operand.Boxed(value, FieldType.number(type, false, false).orElseThrow());
    }

    /** What the interface's method returns of what was called; empty if it is {@code void}. */
    static Optional<Operand> result(Operand operand, Operand.Closure closure, Emitter emitter, Machine machine) {
        ClassDesc wanted = closure.result();
        if (wanted.equals(ConstantDescs.CD_void)) {
            return Optional.empty();
        }
        if (wanted.isPrimitive() || !(operand instanceof Operand.Number(Value value))) {
            return Optional.of(adapted(operand, wanted, emitter, machine));
        }
        ClassDesc primitive = closure.callee().type().returnType();
        return FieldType.number(primitive, false, false).map(type -> new Operand.Boxed(value, type));
    }
}
