package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;

/** Recognising constants, and operations that do nothing but stand for a value. */
final class Constants {
    private Constants() {}

    static boolean is(Value value, long number) {
        return value instanceof Constant constant && constant.value() == number;
    }

    /**
     * An operation that results in {@code value} as it is: the value taken for its own type. {@link CopyPropagation} replaces it by
     * the value.
     */
    static Operation copy(Value value) {
        return new Operation.Reinterpret(value, value.type());
    }

    /** An operation that results in a number, cut to the type. */
    static Operation number(Type type, long number) {
        return copy(type instanceof Int integer ? Constant.of(integer, number) : new Constant(type, number));
    }
}
