package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/** What is done with constants of enums: they are their ordinals. */
final class EnumTranslation {
    private final UnitContext unit;
    private final Emitter emitter;

    EnumTranslation(UnitContext unit, Emitter emitter) {
        this.unit = unit;
        this.emitter = emitter;
    }

    static Operand.Enumerated constant(EnumType type, int ordinal) {
        return new Operand.Enumerated(Constant.of(ordinal), type);
    }

    /** True for methods that {@code javac} makes for each enum. */
    static boolean isMade(String name, MethodTypeDesc type) {
        return (name.equals("values") && type.parameterCount() == 0)
                || (name.equals("valueOf") && type.parameterCount() == 1);
    }

    /** A method that all enums have; empty if it is none. @param arguments the receiver first, if there is one */
    Optional<Operand> call(EnumType type, String name, List<Operand> arguments) {
        return switch (name) {
            case "values" -> Optional.of(new Operand.EnumConstants(type));
            case "ordinal" -> Optional.of(new Operand.Number(ordinal(arguments.getFirst())));
            case "compareTo" ->
                Optional.of(new Operand.Number(emitter.binary(
                        BinaryOperator.SUBTRACT, ordinal(arguments.getFirst()), ordinal(arguments.get(1)))));
            case "equals" ->
                Optional.of(new Operand.Number(emitter.compare(
                        Comparison.EQUAL, ordinal(arguments.getFirst()), ordinalOrNull(arguments.get(1)))));
            case "name", "toString", "valueOf" ->
                throw new Refusal(
                        name + "() of an enum",
                        "names of constants do not exist in BPF",
                        "use ordinal(), and name it outside");
            default -> Optional.empty();
        };
    }

    /** The ordinal; where it is null, the program ends. */
    Value ordinal(Operand operand) {
        if (!(operand instanceof Operand.Enumerated(Value ordinal, EnumType type))) {
            throw operand instanceof Operand.Unknown
                    ? new AlreadyRefused()
                    : new Refusal("a constant of an enum", "it is null here", "give it a value");
        }
        if (!(ordinal instanceof Constant constant) || constant.value() < 0) {
            emitter.require(
                    Comparison.LESS, ordinal, Constant.of(type.constants().size()));
        }
        return ordinal;
    }

    /** The ordinal, {@link EnumType#NULL} for null. */
    static Value ordinalOrNull(Operand operand) {
        return switch (operand) {
            case Operand.Enumerated(Value ordinal, EnumType type) -> ordinal;
            case Operand.Null() -> Constant.of(EnumType.NULL);
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default -> throw new Refusal("a comparison with an enum", "the other is of another class", "compare enums");
        };
    }

    /** An instance field: a table with its value for each constant. */
    Operand field(Operand.Enumerated operand, String name, ClassDesc descriptor) {
        String what = ClassPool.simpleName(operand.type().className()) + "." + name;
        FieldType.Number number = FieldType.number(descriptor, false, false)
                .orElseThrow(() -> new Refusal(
                        what,
                        "fields of an enum can only be numbers in BPF",
                        "use a number, or a switch over the enum"));
        List<Long> values = Optional.ofNullable(operand.type().fields().get(name))
                .orElseThrow(() -> new Refusal(
                        what,
                        "it is not set to a constant for each of the enum's constants",
                        "let the constructor set it to its parameter, and give that as a literal"));
        Value ordinal = ordinal(operand);
        if (ordinal instanceof Constant constant) {
            return new Operand.Number(Constant.of(number.stackType(), values.get((int) constant.value())));
        }
        Value place = emitter.element(emitter.add(table(what, number, values)), ordinal, number.size());
        return new Operand.Number(emitter.load(place, 0, number));
    }

    private Operation.GlobalAddress table(String name, FieldType.Number number, List<Long> values) {
        return unit.globals().table(name.replace('.', '_'), number, values);
    }

    /** An element of the array of all constants. */
    Operand.Enumerated element(EnumType type, Value index) {
        emitter.require(Comparison.LESS, index, Constant.of(type.constants().size()));
        return new Operand.Enumerated(index, type);
    }

    /** What lies in memory. Where that is no ordinal of the enum, the program ends. */
    Operand.Enumerated load(Value address, int offset, FieldType.Enumeration type) {
        Value ordinal = emitter.load(address, offset, FieldType.Enumeration.ORDINAL);
        emitter.require(Comparison.LESS, ordinal, Constant.of(type.count()));
        return new Operand.Enumerated(ordinal, enumType(type));
    }

    /** What lies behind a pointer that may be null. */
    Operand.Enumerated loadOrNull(Value pointer, FieldType.Enumeration type) {
        Value nothing = Constant.nullPointer((Pointer) pointer.type());
        Value ordinal = emitter.choose(
                Comparison.EQUAL,
                pointer,
                nothing,
                e -> Constant.of(EnumType.NULL),
                e -> load(pointer, 0, type).ordinal());
        return new Operand.Enumerated(ordinal, enumType(type));
    }

    private EnumType enumType(FieldType.Enumeration type) {
        return unit.layouts().enums().find(type.className()).orElseThrow();
    }

    /**
     * What {@code SwitchBootstraps.enumSwitch} finds: the index of the first label from {@code restart} on that fits, the number of
     * labels if none does.
     */
    Operand choose(Operand.Enumerated operand, Value restart, List<ConstantDesc> labels) {
        Value found = Constant.of(labels.size());
        for (int i = labels.size() - 1; i >= 0; i--) {
            int index = i;
            Value otherwise = found;
            found = emitter.choose(
                    Comparison.SIGNED_LESS_OR_EQUAL,
                    restart,
                    Constant.of(i),
                    e -> matched(operand, labels.get(index), index, otherwise),
                    e -> otherwise);
        }
        Value index = found;
        return new Operand.Number(emitter.choose(
                Comparison.EQUAL, operand.ordinal(), Constant.of(EnumType.NULL), e -> Constant.of(-1), e -> index));
    }

    private Value matched(Operand.Enumerated operand, ConstantDesc label, int index, Value otherwise) {
        if (!(label instanceof String name)) {
            return Constant.of(index);
        }
        int ordinal = operand.type().ordinal(name).orElse(Integer.MAX_VALUE);
        return emitter.choose(
                Comparison.EQUAL, operand.ordinal(), Constant.of(ordinal), e -> Constant.of(index), e -> otherwise);
    }
}
