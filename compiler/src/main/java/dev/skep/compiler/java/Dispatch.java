package dev.skep.compiler.java;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Finds the method that a call runs from what is known of its receiver's class. */
final class Dispatch {
    private final UnitContext unit;
    private final MethodSelection selection;

    Dispatch(UnitContext unit) {
        this.unit = unit;
        this.selection = new MethodSelection(unit.classes());
    }

    /**
     * The method that a call runs; empty if it is one of the JDK.
     *
     * @param arguments the receiver first, if there is one
     * @throws Refusal if the receiver may have several classes, each with a method of its own
     */
    Optional<ClassPool.Method> method(Callee callee, List<Operand> arguments) {
        Optional<ClassPool.Method> named = selection.resolve(callee.owner(), callee.name(), callee.type());
        if (callee.how() != Callee.How.OVERRIDABLE
                || named.filter(MethodSelection::isFixed).isPresent()) {
            return named;
        }
        return switch (arguments.getFirst()) {
            case Operand.Local(LocalObject object) -> select(object.className(), callee, named);
            case Operand.Enumerated constant -> ofEnum(constant.type(), callee, named);
            case Operand.Reference reference -> ofStruct(reference.settled().possible(), callee, named);
            default -> named;
        };
    }

    private Optional<ClassPool.Method> select(String receiver, Callee callee, Optional<ClassPool.Method> named) {
        return named.isPresent()
                ? selection.select(receiver, named.get())
                : selection.resolve(receiver, callee.name(), callee.type());
    }

    private Optional<ClassPool.Method> ofEnum(EnumType type, Callee callee, Optional<ClassPool.Method> named) {
        unit.layouts()
                .enums()
                .refuseOverridden(type, callee.name(), callee.type().descriptorString());
        return select(type.className(), callee, named);
    }

    private Optional<ClassPool.Method> ofStruct(
            SortedSet<String> possible, Callee callee, Optional<ClassPool.Method> named) {
        Optional<ClassPool.Method> method = select(possible.first(), callee, named);
        for (String other : possible.tailSet(possible.first() + '\0')) {
            if (!key(select(other, callee, named)).equals(key(method))) {
                throw new Refusal(
                        callee.text(),
                        "the object is " + text(possible)
                                + ", each has a method of its own, and memory does not know its class in BPF",
                        "call it where the class is known, in a branch for each; or write one method that looks at a"
                                + " number in the struct");
            }
        }
        return method;
    }

    private static Optional<String> key(Optional<ClassPool.Method> method) {
        return method.map(ClassPool.Method::key);
    }

    /** Classes in a sentence. */
    static String text(SortedSet<String> classes) {
        return String.join(
                " or ",
                classes.stream().map(name -> "a " + ClassPool.simpleName(name)).toList());
    }
}
