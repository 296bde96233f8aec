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
        /** For a {@code boolean}, whose hash code is another than an {@code int}'s. */
        boolean truth;
    }

    private final String className;
    private final boolean record;
    private final Map<Name, Field> fields = new LinkedHashMap<>();
    private boolean complete;

    private LocalObject(String className, boolean record) {
        this.className = className;
        this.record = record;
    }

    /** A new object; numbers are 0. */
    static LocalObject make(UnitContext unit, Emitter emitter, String className) {
        ClassModel model = unit.classes().find(className).orElseThrow();
        boolean isRecord = ClassPool.superclass(model).equals(Optional.of("java/lang/Record"));
        LocalObject object = new LocalObject(className, isRecord);
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
            fields.put(name, new Field());
        }
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
        return field.variable
                .map(variable -> Shapes.withValue(
                        field.shape.orElseThrow(), emitter.builder().read(variable)))
                .or(() -> field.shape)
                .orElseGet(Operand.Null::new);
    }

    /** Sets a field from here on. @throws Refusal if what it refers to depends on the way here */
    void set(Emitter emitter, Name name, Operand operand) {
        Field field = field(name);
        if (operand instanceof Operand.Unknown) {
            throw new AlreadyRefused();
        }
        if (field.shape.isEmpty() && operand instanceof Operand.Null) {
            return;
        }
        if (field.shape.isEmpty()) {
            field.shape = Optional.of(operand instanceof Operand.Reference r ? r.settled() : operand);
            field.variable = Shapes.type(operand).map(type -> new Variable(name.text(), type));
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
        LocalObject copy = new LocalObject(className, record);
        fields.forEach((name, field) -> {
            Field same = new Field();
            same.truth = field.truth;
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
