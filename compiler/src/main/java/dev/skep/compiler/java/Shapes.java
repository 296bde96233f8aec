package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import java.util.Optional;

/** What varies in an operand: the one value in it, around which the rest is known while compiling. */
final class Shapes {
    private Shapes() {}

    /** The value; empty if all of the operand is known. */
    static Optional<Value> value(Operand operand) {
        return switch (operand) {
            case Operand.Number(Value value) -> Optional.of(value);
            case Operand.Reference reference -> Optional.of(reference.pointer());
            case Operand.BoxInMap(Value pointer, FieldType.Number type) -> Optional.of(pointer);
            case Operand.Array(Value pointer, FieldType element, int length) -> Optional.of(pointer);
            case Operand.Enumerated(Value ordinal, EnumType type) -> Optional.of(ordinal);
            case Operand.InnerMap(Value pointer, MapField template) -> Optional.of(pointer);
            default -> Optional.empty();
        };
    }

    /** The type of a variable that holds the value, which may be null in the next; empty if all of the operand is known. */
    static Optional<Type> type(Operand operand) {
        return value(operand).map(value -> switch (value.type()) {
            case Pointer pointer when operand instanceof Operand.Array -> pointer;
            case Pointer pointer when pointer.provenance() == Pointer.Provenance.CONTEXT -> pointer;
            case Pointer pointer -> Pointer.nullable(pointer.provenance());
            case Int number -> number;
            default -> throw new IllegalStateException("a variable of type " + value.type());
        });
    }

    /**
     * The value to be written into the variable of a shape.
     *
     * @return empty if the operand is something else than the shape
     * @throws AlreadyRefused if it comes from what was refused
     */
    static Optional<Value> fitting(Operand shape, Operand operand, Type type, Emitter emitter) {
        return switch (operand) {
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            case Operand.Null() when type instanceof Pointer pointer -> Optional.of(Constant.nullPointer(pointer));
            case Operand.Null() when shape instanceof Operand.Enumerated -> Optional.of(Constant.of(EnumType.NULL));
            case Operand.Number(Value value) when shape instanceof Operand.Number -> Optional.of(value);
            default -> value(operand).filter(value -> isAlike(shape, operand)).map(value -> as(type, value, emitter));
        };
    }

    private static Value as(Type type, Value value, Emitter emitter) {
        return value.type().equals(type) ? value : emitter.add(new Operation.Reinterpret(value, type));
    }

    private static boolean isAlike(Operand shape, Operand operand) {
        return switch (shape) {
            case Operand.Reference reference -> operand instanceof Operand.Reference;
            case Operand.BoxInMap box ->
                operand instanceof Operand.BoxInMap other && other.type().equals(box.type());
            case Operand.Array array ->
                operand instanceof Operand.Array other
                        && other.length() == array.length()
                        && other.element().equals(array.element());
            case Operand.InnerMap map ->
                operand instanceof Operand.InnerMap other && other.template().equals(map.template());
            case Operand.Enumerated constant ->
                operand instanceof Operand.Enumerated other && other.type().equals(constant.type());
            default -> false;
        };
    }

    /** The same with another value. */
    static Operand withValue(Operand shape, Value value) {
        return switch (shape) {
            case Operand.Number number -> new Operand.Number(value);
            case Operand.Reference reference -> reference.at(value);
            case Operand.BoxInMap(Value pointer, FieldType.Number type) -> new Operand.BoxInMap(value, type);
            case Operand.Array(Value pointer, FieldType element, int length) ->
                new Operand.Array(value, element, length);
            case Operand.Enumerated(Value ordinal, EnumType type) -> new Operand.Enumerated(value, type);
            case Operand.InnerMap(Value pointer, MapField template) -> new Operand.InnerMap(value, template);
            default -> throw new IllegalStateException(shape + " is not in a variable");
        };
    }
}
