package dev.skep.compiler.java;

import dev.skep.compiler.ir.FieldPath;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Pointer.Provenance;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.object.btf.CoreRelocationKind;
import java.util.Optional;

/** Reads fields of structures of the kernel, whose places are found out where the program is loaded. */
final class KernelMemory {
    /** An address as a number. */
    static final FieldType.Number ADDRESS = new FieldType.Number(Int.I64, false, false, new CType.Pointer(CType.VOID));

    private final Emitter emitter;

    KernelMemory(Emitter emitter) {
        this.emitter = emitter;
    }

    /** A field: directly where the verifier knows what the pointer points to, by a helper elsewhere. */
    Operand get(Value pointer, KernelType struct, KernelType.Field field) {
        FieldPath path = struct.path(field);
        Provenance provenance = ((Pointer) pointer.type()).provenance();
        return switch (field.content()) {
            case KernelType.Content.Plain(FieldType.Number number) ->
                new Operand.Number(number(pointer, provenance, number, field, path));
            case KernelType.Content.PointerTo(String className) -> {
                Pointer type = Pointer.nullable(provenance);
                Value value = provenance == Provenance.KERNEL
                        ? emitter.add(
                                new Operation.Load(pointer, field.offset(), Int.I64, false, type, Optional.of(path)))
                        : emitter.add(
                                new Operation.Reinterpret(number(pointer, provenance, ADDRESS, field, path), type));
                yield new Operand.Reference(value, className);
            }
            case KernelType.Content.Inside(String className) ->
                new Operand.Reference(address(pointer, field, path), className);
            case KernelType.Content.Plain(FieldType.Array(FieldType element, int length)) ->
                new Operand.Array(address(pointer, field, path), element, length);
            case KernelType.Content.Plain(FieldType.Enumeration enumeration) ->
                throw new IllegalStateException("enums are refused where they are declared");
            case KernelType.Content.Plain(FieldType.Inline inline) ->
                throw new IllegalStateException("structs inside are refused where they are declared");
        };
    }

    /** Writes a number. The kernel allows it to implementations of its structures, and only some fields. */
    void put(Value pointer, KernelType struct, KernelType.Field field, Value value) {
        boolean mayWrite = emitter.kernelAccess() == KernelAccess.READING_AND_WRITING
                && ((Pointer) pointer.type()).provenance() == Provenance.KERNEL;
        if (!mayWrite || !(field.content() instanceof KernelType.Content.Plain(FieldType.Number type))) {
            throw new Refusal(
                    struct.type().members().get(field.index()).name() + " = ...",
                    "programs may not change structures of the kernel",
                    "only read them");
        }
        Value sized = emitter.fit(type.width(), value);
        emitter.add(new Operation.Store(pointer, field.offset(), type.width(), sized, Optional.of(struct.path(field))));
    }

    private Value number(
            Value pointer, Provenance provenance, FieldType.Number type, KernelType.Field field, FieldPath path) {
        if (provenance != Provenance.KERNEL) {
            return emitter.probeRead(address(pointer, field, path), type);
        }
        return emitter.add(new Operation.Load(
                pointer, field.offset(), type.width(), type.signed(), type.stackType(), Optional.of(path)));
    }

    private Value address(Value pointer, KernelType.Field field, FieldPath path) {
        return emitter.offset(
                pointer,
                emitter.add(
                        new Operation.Relocated(CoreRelocationKind.FIELD_BYTE_OFFSET, path, field.offset(), Int.I64)));
    }
}
