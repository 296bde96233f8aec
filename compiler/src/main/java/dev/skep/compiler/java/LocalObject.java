package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object that a program makes and that never leaves it: there is no object, its fields are variables. A record is a value: where
 * ways meet, its components are copied. Other objects have an identity, and have to be the same on all ways.
 */
final class LocalObject {
    /** A field's name: a class can declare one that a superclass has, too. @param owner internal name of the class that declares it */
    record Name(String owner, String text) {}

    /** A field. @param shape empty until it is set, if it is a reference */
    private static final class Field {
        Optional<Operand> shape = Optional.empty();
        Optional<Variable> variable = Optional.empty();
        /** 0 while a reference is null, else 1; empty for numbers and enums. */
        Optional<Variable> presence = Optional.empty();
        /** Null of its class, if that is a struct's. */
        Optional<Operand.Reference> nothing = Optional.empty();
        /** For a {@code boolean}, whose hash code is another than an {@code int}'s. */
        boolean truth;
    }

    private final String className;
    private final boolean record;
    private final Assumptions assumptions;
    private final Map<Name, Field> fields = new LinkedHashMap<>();
    private boolean complete;

    private LocalObject(String className, boolean record, Assumptions assumptions) {
        this.className = className;
        this.record = record;
        this.assumptions = assumptions;
    }

    /** A new object; numbers are 0. */
    static LocalObject make(UnitContext unit, Emitter emitter, String className) {
        ClassModel model = unit.classes().find(className).orElseThrow();
        boolean isRecord = ClassPool.superclass(model).equals(Optional.of("java/lang/Record"));
        LocalObject object =
                new LocalObject(className, isRecord, unit.findings().assumptions());
        Optional<ClassModel> declaring = Optional.of(model);
        while (declaring.isPresent()) {
            for (FieldModel field : declaring.get().fields()) {
                if (!field.flags().has(AccessFlag.STATIC)) {
                    object.declare(unit, emitter, declaring.get(), field);
                }
            }
            declaring = ClassPool.superclass(declaring.get()).flatMap(unit.classes()::find);
        }
        return object;
    }

    private void declare(UnitContext unit, Emitter emitter, ClassModel owner, FieldModel model) {
        Name name =
                new Name(owner.thisClass().asInternalName(), model.fieldName().stringValue());
        if (model.fieldTypeSymbol().isPrimitive()) {
            FieldType.Number number = FieldType.number(model.fieldTypeSymbol(), false, false)
                    .orElseThrow(() -> new Refusal(
                            ClassPool.simpleName(className) + "." + name.text(),
                            "BPF has no floating point",
                            "use long with a fixed number of decimals"));
            initialize(emitter, name, new Operand.Number(Constant.of(number.stackType(), 0)));
            field(name).truth = model.fieldTypeSymbol().equals(ConstantDescs.CD_boolean);
            return;
        }
        Optional<EnumType> constants = model.fieldTypeSymbol().isClassOrInterface()
                ? unit.layouts().enums().find(ClassPool.internalName(model.fieldTypeSymbol()))
                : Optional.empty();
        if (constants.isPresent()) {
            initialize(emitter, name, EnumTranslation.constant(constants.get(), EnumType.NULL));
        } else {
            Field reference = new Field();
            reference.presence = Optional.of(new Variable(name.text() + " is there", Int.I32));
            if (unit.layouts().nullOf(ClassPool.internalName(model.fieldTypeSymbol()))
                    instanceof Operand.Reference nothing) {
                reference.nothing = Optional.of(nothing.settled());
            }
            fields.put(name, reference);
            note(emitter, reference, false);
        }
    }

    /** From here on a reference is null, or not. */
    private static void note(Emitter emitter, Field field, boolean present) {
        field.presence.ifPresent(variable -> emitter.builder().write(variable, Constant.of(present ? 1 : 0)));
    }

    private void initialize(Emitter emitter, Name name, Operand nothing) {
        fields.put(name, new Field());
        set(emitter, name, nothing);
    }

    /** Its class: exactly that, no subclass. */
    String className() {
        return className;
    }

    /** True if it may be copied instead of being referred to: a record that is constructed. */
    boolean isValue() {
        return record && complete;
    }

    /** Its constructor is done. */
    void complete() {
        complete = true;
    }

    /** Names of the fields in the order of their declaration, of a record its components. */
    List<Name> names() {
        return List.copyOf(fields.keySet());
    }

    /** True for a field of type {@code boolean}. */
    boolean isTruth(Name name) {
        return field(name).truth;
    }

    private Field field(Name name) {
        return Optional.ofNullable(fields.get(name)).orElseThrow(AlreadyRefused::new);
    }

    /** What is in a field at the end of the current block as it is now. */
    Operand get(Emitter emitter, Name name) {
        Field field = field(name);
        if (field.shape.isEmpty() && field.nothing.isPresent() && mayBeSetLater(emitter, field)) {
            take(field, name, field.nothing.get());
        }
        if (field.variable.isPresent()) {
            return Shapes.withValue(field.shape.orElseThrow(), emitter.builder().read(field.variable.get()));
        }
        return isPresent(emitter, name) ? field.shape.orElseThrow() : new Operand.Null();
    }

    private static boolean mayBeSetLater(Emitter emitter, Field field) {
        return !(emitter.builder().read(field.presence.orElseThrow()) instanceof Constant);
    }

    /** What a field holds is from here on known, but for the value in it. */
    private static void take(Field field, Name name, Operand shape) {
        field.shape = Optional.of(shape);
        field.variable = Shapes.type(shape).map(type -> new Variable(name.text(), type));
    }

    /** True unless a reference is null, which has to be the same on all ways here. */
    private boolean isPresent(Emitter emitter, Name name) {
        Field field = field(name);
        Value presence = emitter.builder().read(field.presence.orElseThrow());
        if (presence instanceof Constant constant) {
            return constant.value() == 1;
        }
        boolean present = field.shape.isPresent();
        assumptions.add(
                presence,
                present ? 1 : 0,
                emitter.builder().position(),
                new Refusal(
                        ClassPool.simpleName(className) + "." + name.text(),
                        "it is null here or not, depending on the way here, and that has to be known where the program is"
                                + " compiled",
                        "set it where the object is made, and add a boolean that says whether it counts"));
        return present;
    }

    /** Sets a field from here on. @throws Refusal if what it refers to depends on the way here */
    void set(Emitter emitter, Name name, Operand operand) {
        Field field = field(name);
        if (operand instanceof Operand.Unknown) {
            throw new AlreadyRefused();
        }
        note(emitter, field, !(operand instanceof Operand.Null));
        if (operand instanceof Operand.Null && field.variable.isEmpty()) {
            return;
        }
        if (field.shape.isEmpty()) {
            take(field, name, operand instanceof Operand.Reference reference ? reference.settled() : operand);
        }
        if (field.variable.isPresent()) {
            Type type = field.variable.get().type();
            Value value = Shapes.fitting(field.shape.orElseThrow(), operand, type, emitter)
                    .orElseThrow(AlreadyRefused::new);
            emitter.builder().write(field.variable.get(), type == Int.I64 ? emitter.widen(value) : value);
            refuseOtherClass(field, operand);
        } else if (!operand.equals(field.shape.orElseThrow())) {
            throw new Refusal(
                    ClassPool.simpleName(className) + "." + name.text(),
                    "it refers to one thing or another, and which one has to be known where the program is compiled",
                    "use the one or the other in a branch of its own");
        }
    }

    private static void refuseOtherClass(Field field, Operand operand) {
        if (field.shape.orElseThrow() instanceof Operand.Reference known
                && operand instanceof Operand.Reference other
                && !known.possible().containsAll(other.possible())) {
            throw MixedOperands.classes(known, other);
        }
    }

    /** Another value of the same class; nothing is in it yet. */
    LocalObject another() {
        LocalObject copy = new LocalObject(className, record, assumptions);
        fields.forEach((name, field) -> {
            Field same = new Field();
            same.truth = field.truth;
            same.nothing = field.nothing;
            same.presence = field.presence.map(variable -> new Variable(variable.name(), variable.type()));
            copy.fields.put(name, same);
        });
        copy.complete = complete;
        return copy;
    }

    /** Reads all of another value now, to be written into this one by what is returned. */
    Runnable copying(Emitter emitter, LocalObject source) {
        if (!source.className.equals(className)) {
            throw new Refusal(
                    "a variable that holds a " + ClassPool.simpleName(className) + " or a "
                            + ClassPool.simpleName(source.className),
                    "which class it is has to be known where the program is compiled",
                    "use one record with a number or an enum that says which it is");
        }
        List<Runnable> writes = new ArrayList<>();
        for (Name name : names()) {
            Operand operand = source.get(emitter, name);
            if (operand instanceof Operand.Local(LocalObject inner) && inner.isValue()) {
                writes.add(inside(name, inner).copying(emitter, inner));
                writes.add(() -> note(emitter, field(name), true));
            } else {
                writes.add(() -> set(emitter, name, operand));
            }
        }
        return () -> writes.forEach(Runnable::run);
    }

    /** The value in a field of this one, which is made like another if there is none. */
    private LocalObject inside(Name name, LocalObject like) {
        Field field = field(name);
        if (field.shape.isEmpty()) {
            field.shape = Optional.of(new Operand.Local(like.another()));
        }
        return ((Operand.Local) field.shape.get()).object();
    }
}
