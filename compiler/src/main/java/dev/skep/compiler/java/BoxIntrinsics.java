package dev.skep.compiler.java;

import dev.skep.compiler.ir.Value;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Boxing and unboxing: a box is its number, or a number in a map. */
final class BoxIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    /** A box. @param primitive the descriptor of what it holds */
    private record Box(String name, String primitive, String method) {}

    static {
        for (Box box : List.of(
                new Box("Boolean", "Z", "booleanValue"),
                new Box("Byte", "B", "byteValue"),
                new Box("Character", "C", "charValue"),
                new Box("Short", "S", "shortValue"),
                new Box("Integer", "I", "intValue"),
                new Box("Long", "J", "longValue"))) {
            String owner = "java/lang/" + box.name();
            FieldType.Number type = FieldType.number(ClassDesc.ofDescriptor(box.primitive()), false, false)
                    .orElseThrow();
            TABLE.put(
                    new Intrinsic.Method(owner, "valueOf", "(" + box.primitive() + ")L" + owner + ";"),
                    call -> Optional.of(new Operand.Boxed(call.number(0), type)));
            TABLE.put(new Intrinsic.Method(owner, box.method(), "()" + box.primitive()), BoxIntrinsics::unbox);
        }
    }

    private BoxIntrinsics() {}

    private static Optional<Operand> unbox(Call call) {
        return Optional.of(
                switch (call.argument(0)) {
                    case Operand.Boxed(Value value, FieldType.Number type) -> new Operand.Number(value);
                    case Operand.BoxInMap(Value pointer, FieldType.Number type) ->
                        new Operand.Number(call.emitter().load(pointer, 0, type));
                    case Operand.Unknown unknown -> throw new AlreadyRefused();
                    default ->
                        throw new Refusal(
                                call.name(), "there are no boxes in BPF but those in maps", "use a primitive type");
                });
    }
}
