package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done with objects that never leave the program: their classes are known, so everything about them is. */
final class LocalObjects {
    private static final String OBJECT = "java/lang/Object";
    private static final String RECORD_METHODS = "java/lang/runtime/ObjectMethods";
    private static final String SWITCHES = "java/lang/runtime/SwitchBootstraps";
    private static final String MAP = "dev/skep/lang/map/BpfMap";

    private final UnitContext unit;
    private final Emitter emitter;

    LocalObjects(UnitContext unit, Emitter emitter) {
        this.unit = unit;
        this.emitter = emitter;
    }

    /** True if objects of a class can be such: a class of the program that is no struct, context or map. */
    static boolean canBe(UnitContext unit, String className) {
        return unit.classes().find(className).isPresent()
                && !unit.layouts().isStruct(className)
                && !unit.kernel().isKernelStruct(className)
                && !unit.classes().isA(className, MAP);
    }

    /** True if a class is another, extends or implements it. */
    static boolean isA(ClassPool classes, String className, String wanted) {
        return className.equals(wanted)
                || wanted.equals(OBJECT)
                || classes.find(className).stream()
                        .flatMap(model -> Stream.concat(
                                ClassPool.superclass(model).stream(),
                                model.interfaces().stream().map(i -> i.asInternalName())))
                        .anyMatch(parent -> isA(classes, parent, wanted));
    }

    /** What {@code javac} leaves to the JVM: {@code equals} and {@code hashCode} of a record, and switches with patterns. */
    Optional<Operand> dynamic(
            InvokeDynamicInstruction instruction, String maker, List<Operand> arguments, Machine machine) {
        if (arguments.isEmpty() || !(arguments.getFirst() instanceof Operand.Local(LocalObject object))) {
            return Optional.empty();
        }
        String name = instruction.name().stringValue();
        if (maker.equals(RECORD_METHODS) && name.equals("equals")) {
            return Optional.of(new Operand.Number(equal(object, arguments.get(1))));
        }
        if (maker.equals(RECORD_METHODS) && name.equals("hashCode")) {
            return Optional.of(new Operand.Number(hash(object)));
        }
        return maker.equals(SWITCHES)
                ? Optional.of(choose(object, machine.number(arguments.get(1)), instruction.bootstrapArgs()))
                : Optional.empty();
    }

    /** The index of the first label from {@code restart} on that fits. */
    private Operand choose(LocalObject object, Value restart, List<ConstantDesc> labels) {
        Value found = Constant.of(labels.size());
        Map<Integer, Integer> possible = new HashMap<>();
        for (int i = labels.size() - 1; i >= 0; i--) {
            if (labels.get(i) instanceof ClassDesc type
                    && isA(unit.classes(), object.className(), ClassPool.internalName(type))) {
                Value index = Constant.of(i);
                possible.put(i, i);
                Value otherwise = found;
                found = restart instanceof Constant start
                        ? (start.value() <= i ? index : otherwise)
                        : emitter.choose(Comparison.SIGNED_LESS_OR_EQUAL, restart, index, e -> index, e -> otherwise);
            }
        }
        return found instanceof Constant ? new Operand.Number(found) : new Operand.CaseNumber(found, possible);
    }

    private Value equal(LocalObject object, Operand other) {
        if (!(other instanceof Operand.Local(LocalObject right))
                || !right.className().equals(object.className())) {
            return Constant.of(0);
        }
        Value all = Constant.of(1);
        for (LocalObject.Name name : object.names()) {
            Value one = equal(name.text(), object.get(emitter, name), right.get(emitter, name));
            all = emitter.binary(BinaryOperator.AND, all, one);
        }
        return all;
    }

    private Value equal(String name, Operand left, Operand right) {
        return switch (left) {
            case Operand.Number(Value value)
            when right instanceof Operand.Number(Value other) -> emitter.compare(Comparison.EQUAL, value, other);
            case Operand.Enumerated(Value ordinal, EnumType type) ->
                emitter.compare(Comparison.EQUAL, ordinal, EnumTranslation.ordinalOrNull(right));
            case Operand.Local(LocalObject object) -> equal(object, right);
            default ->
                throw new Refusal(
                        "equals() of a record with " + name,
                        "only numbers, enums and records have a meaning to compare in BPF",
                        "compare the components that matter");
        };
    }

    /** As {@code ObjectMethods} computes it: 31 times what is there, and the next component's. */
    private Value hash(LocalObject object) {
        Value hash = Constant.of(0);
        for (LocalObject.Name name : object.names()) {
            if (!(object.get(emitter, name) instanceof Operand.Number(Value value))) {
                throw new Refusal(
                        "hashCode() of a record with " + name.text(),
                        "only numbers have the same hash code in BPF as on the JVM",
                        "compute one from numbers");
            }
            Value times = emitter.binary(BinaryOperator.MULTIPLY, hash, Constant.of(31));
            hash = emitter.binary(BinaryOperator.ADD, times, hash(value, object.isTruth(name)));
        }
        return hash;
    }

    private Value hash(Value value, boolean truth) {
        if (truth) {
            return emitter.choose(
                    Comparison.NOT_EQUAL,
                    value,
                    Constant.of(0),
                    e -> Constant.of(Boolean.hashCode(true)),
                    e -> Constant.of(Boolean.hashCode(false)));
        }
        if (value.type() == Int.I32) {
            return value;
        }
        Value upper = emitter.binary(BinaryOperator.SHIFT_RIGHT, value, Constant.of(32L));
        return emitter.narrow(emitter.binary(BinaryOperator.XOR, value, upper));
    }
}
