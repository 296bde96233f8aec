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

    /** Nothing that programs can use. */
    record Other() implements InitialValue {}
}
