package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Pointer.Provenance;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import java.util.List;

/** What helpers give to functions that they call, as include/uapi/linux/bpf.h of Linux describes them. */
final class CallbackParameters {
    private static final CType UNTYPED = new CType.Pointer(CType.VOID);

    /** Where captured values are. */
    static final CallbackTranslation.Parameter CONTEXT =
            new CallbackTranslation.Parameter("context", UNTYPED, Pointer.to(Provenance.STACK));

    /** {@code bpf_loop}. */
    static final List<CallbackTranslation.Parameter> LOOP = List.of(new CallbackTranslation.Parameter(
            "index", new CType.Scalar("unsigned int", Int.I32.bytes(), CType.Scalar.Encoding.UNSIGNED), Int.I32));

    /** {@code bpf_for_each_map_elem} and {@code bpf_timer_set_callback}. */
    static final List<CallbackTranslation.Parameter> ENTRY = List.of(
            new CallbackTranslation.Parameter("map", UNTYPED, Pointer.to(Provenance.MAP)),
            new CallbackTranslation.Parameter("key", UNTYPED, Pointer.to(Provenance.MAP_VALUE)),
            new CallbackTranslation.Parameter("value", UNTYPED, Pointer.to(Provenance.MAP_VALUE)));

    /** Where a helper takes flags that mean nothing yet. */
    static final Value NO_FLAGS = Constant.of(0L);

    private CallbackParameters() {}

    /** Key and value of an entry, of {@link #ENTRY}. */
    static List<Operand> keyAndValue(MapField map, List<? extends Value> parameters) {
        return List.of(
                at(parameters.get(1), map.key().orElseThrow()),
                at(parameters.get(2), map.value().orElseThrow()));
    }

    private static Operand at(Value pointer, FieldType type) {
        return switch (type) {
            case FieldType.Number number -> new Operand.BoxInMap(pointer, number);
            case FieldType.Inline(StructType struct) -> new Operand.Reference(pointer, struct.className());
            case FieldType.Array(FieldType element, int length) -> new Operand.Array(pointer, element, length);
            case FieldType.Enumeration enumeration ->
                throw new Refusal(
                        "forEach over " + ClassPool.simpleName(enumeration.className()),
                        "the kernel passes addresses of ordinals, which are no constants of the enum yet",
                        "let the key or value be an Integer, and take the constant from values()");
        };
    }
}
