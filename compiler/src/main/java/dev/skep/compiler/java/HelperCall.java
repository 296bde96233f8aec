package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import java.lang.classfile.Annotation;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls of methods that {@code @Helper} says are helper functions of the kernel. */
final class HelperCall {
    private final UnitContext unit;
    private final Emitter emitter;
    private final Machine machine;

    HelperCall(UnitContext unit, Emitter emitter, Machine machine) {
        this.unit = unit;
        this.emitter = emitter;
        this.machine = machine;
    }

    Optional<Operand> call(
            Annotation annotation, String name, MethodTypeDesc type, boolean isStatic, List<Operand> arguments) {
        HelperId helper =
                ClassPool.text(annotation, "value").map(HelperId::valueOf).orElseThrow();
        boolean sizes = ClassPool.truth(annotation, "sizes").orElse(true);
        List<Operand> ordered = new ArrayList<>(arguments);
        if (!isStatic) {
            int receiver = ClassPool.number(annotation, "receiver").orElse(0);
            ordered.add(receiver, ordered.removeFirst());
        }
        List<Value> values =
                ordered.stream().flatMap(o -> values(name, o, sizes).stream()).toList();
        String result = type.returnType().descriptorString();
        if (result.equals("V")) {
            emitter.add(new Operation.CallHelper(helper, values, Type.Nothing.VOID));
            return Optional.empty();
        }
        if (type.returnType().isClassOrInterface()) {
            Value found = emitter.callForPointer(helper, values, Pointer.Provenance.MEMORY);
            return Optional.of(new Operand.Reference(found, ClassPool.internalName(type.returnType())));
        }
        Value returned = emitter.call(helper, values);
        return Optional.of(new Operand.Number(result.equals("J") ? returned : emitter.narrow(returned)));
    }

    /** Passes a struct or array as its address, followed by its size if the helper wants that. */
    private List<Value> values(String name, Operand argument, boolean sizes) {
        return switch (argument) {
            case Operand.Reference reference
            when sizes && !unit.layouts().isContext(reference.className()) ->
                List.of(
                        reference.pointer(),
                        size(unit.layouts().of(reference.className()).type().size()));
            case Operand.Reference reference -> List.of(reference.pointer());
            case Operand.Array(Value pointer, FieldType element, int length) ->
                List.of(pointer, size(element.size() * length));
            case Operand.Map(MapField map) ->
                List.of(emitter.add(new Operation.MapAddress(map.declaration().name())));
            case Operand.InnerMap(Value pointer, MapField template) -> List.of(pointer);
            case Operand.Boxed(Value value, FieldType.Number number) -> List.of(emitter.copy(value, number));
            case Operand.Null() -> throw new Refusal(name, "an argument is null", "pass a struct");
            default -> List.of(emitter.widen(machine.number(argument)));
        };
    }

    private static Value size(int bytes) {
        return Constant.of((long) bytes);
    }
}
