package dev.skep.compiler.java;

import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import java.util.List;
import java.util.Optional;

/**
 * A call of a method that has a meaning of its own.
 *
 * @param name the method's, for messages
 * @param arguments the receiver first if there is one
 * @param translation of the method that calls
 */
record Call(
        String name,
        UnitContext unit,
        Emitter emitter,
        Machine machine,
        List<Operand> arguments,
        CallTranslation translation) {
    /** Compiles the method's own bytecode in its place after all. */
    Optional<Operand> inPlace(Intrinsic.Method method) {
        return translation.inline(method, arguments);
    }

    /** An argument that is a lambda expression or method reference. @throws Refusal if it is not known which */
    Operand.Closure closure(int index) {
        return switch (arguments.get(index)) {
            case Operand.Closure closure -> closure;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        name,
                        "what is called has to be known where the program is compiled",
                        "write a lambda expression or a method reference");
        };
    }

    Operand argument(int index) {
        return arguments.get(index);
    }

    /** An argument that is a number. */
    Value number(int index) {
        return machine.number(arguments.get(index));
    }

    /** An argument that is a map. @throws Refusal if it is not known which */
    MapField map(int index) {
        return switch (arguments.get(index)) {
            case Operand.Map(MapField field) -> field;
            case Operand.InnerMap(Value pointer, MapField template) -> template;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        name,
                        "which map it is has to be known where the program is compiled",
                        "use a static final field of a map directly");
        };
    }

    /** The address of an argument that is a map. */
    Value mapAddress(int index) {
        return arguments.get(index) instanceof Operand.InnerMap(Value pointer, MapField template)
                ? pointer
                : emitter.add(new Operation.MapAddress(map(index).declaration().name()));
    }

    /** An argument that is a class literal. */
    String classLiteral(int index) {
        return switch (arguments.get(index)) {
            case Operand.ClassLiteral(String className) -> className;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        name,
                        "the class has to be known where the program is compiled",
                        "use a literal: Ethernet.class");
        };
    }

    /** An argument that is a string literal. */
    String text(int index) {
        return switch (arguments.get(index)) {
            case Operand.Text(String text) -> text;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        name, "the text has to be known where the program is compiled", "write a literal at the call");
        };
    }

    /** An argument that is a constant. */
    long constant(int index) {
        if (number(index) instanceof dev.skep.compiler.ir.Constant constant) {
            return constant.value();
        }
        throw new Refusal(name, "the number has to be known where the program is compiled", "use a literal");
    }

    /** The address of an argument that is a struct or context. */
    Value pointer(int index) {
        return switch (arguments.get(index)) {
            case Operand.Reference reference -> reference.pointer();
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default -> throw new Refusal(name, "the object is no struct", "pass one");
        };
    }

    /** What is known of the class of an argument that is a struct or context. */
    String className(int index) {
        return switch (arguments.get(index)) {
            case Operand.Reference reference -> reference.className();
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default -> throw new Refusal(name, "the object is no struct", "pass one");
        };
    }
}
