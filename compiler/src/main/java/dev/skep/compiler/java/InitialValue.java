package dev.skep.compiler.java;

import java.util.List;

/** What a static field is set to when its class is initialized. */
sealed interface InitialValue {
    /** A number, {@code boolean} and {@code char} included. */
    record Number(long value) implements InitialValue {}

    /** A new object. @param arguments of the constructor: numbers, and new objects */
    record New(String className, List<InitialValue> arguments) implements InitialValue {
        public New {
            arguments = List.copyOf(arguments);
        }
    }

    /** A constant of an enum. @param owner the class whose static field it is */
    record StaticField(String owner, String name) implements InitialValue {}

    /** An array of numbers. */
    record Numbers(List<Long> values) implements InitialValue {
        public Numbers {
            values = List.copyOf(values);
        }
    }

    /** What was refused already where it is set. */
    record Refused() implements InitialValue {}

    /** Nothing that programs can use. */
    record Other() implements InitialValue {}
}
