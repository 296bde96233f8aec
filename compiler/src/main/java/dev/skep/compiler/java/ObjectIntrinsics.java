package dev.skep.compiler.java;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Pointer;
import java.util.Map;
import java.util.Optional;

/** Methods on references of all kinds. */
final class ObjectIntrinsics {
    private static final String OBJECTS = "java/util/Objects";

    static final Map<Intrinsic.Method, Intrinsic> TABLE = Map.of(
            new Intrinsic.Method(OBJECTS, "requireNonNull", "(Ljava/lang/Object;)Ljava/lang/Object;"),
            ObjectIntrinsics::requireNonNull);

    private ObjectIntrinsics() {}

    /** {@code javac} writes it before switches, too. */
    private static Optional<Operand> requireNonNull(Call call) {
        Operand operand = call.argument(0);
        Emitter emitter = call.emitter();
        switch (operand) {
            case Operand.Reference reference
            when reference.pointer().type() instanceof Pointer type && type.nullable() ->
                emitter.require(Comparison.NOT_EQUAL, reference.pointer(), Constant.nullPointer(type));
            case Operand.Enumerated constant -> new EnumTranslation(call.unit(), emitter).ordinal(constant);
            case Operand.Null() -> throw new Refusal("requireNonNull", "the reference is null here", "give it a value");
            default -> {}
        }
        return Optional.of(operand);
    }
}
