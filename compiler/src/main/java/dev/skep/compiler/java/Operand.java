package dev.skep.compiler.java;

import dev.skep.compiler.ir.Value;
import java.lang.constant.ClassDesc;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is on the JVM's operand stack or in a local variable, as far as it is known while compiling. */
sealed interface Operand {
    /** A number: {@code long} if it has 64 bits, else what the JVM has as an {@code int}. */
    record Number(Value value) implements Operand {}

    /**
     * A pointer to a struct or a context.
     *
     * @param className its class, or one that all of the next extend
     * @param possible classes that it can have, exactly; none if it is null
     */
    record Reference(Value pointer, String className, SortedSet<String> possible) implements Operand {
        public Reference {
            possible = Collections.unmodifiableSortedSet(new TreeSet<>(possible));
        }

        /** A pointer to what has exactly this class. */
        Reference(Value pointer, String className) {
            this(pointer, className, new TreeSet<>(List.of(className)));
        }

        /** Another pointer to what is known as much of. */
        Reference at(Value other) {
            return new Reference(other, className, possible);
        }

        /** What was null so far is from here on a pointer to its declared class. */
        Reference settled() {
            return possible.isEmpty() ? new Reference(pointer, className) : this;
        }
    }

    /** An array in a struct. */
    record Array(Value pointer, FieldType element, int length) implements Operand {}

    /** A number in a box that was made of it: it never exists as an object. */
    record Boxed(Value value, FieldType.Number type) implements Operand {}

    /** A number in a map, known as a box, or null. */
    record BoxInMap(Value pointer, FieldType.Number type) implements Operand {}

    /** A map. */
    record Map(MapField field) implements Operand {}

    /** What a {@code for} loop goes through. */
    record Entries(MapLoop loop) implements Operand {}

    /** A key of a map and its value, in such a loop. */
    record Entry(Operand key, Operand value) implements Operand {}

    /** A map found in a map of maps, or null. */
    record InnerMap(Value pointer, MapField template) implements Operand {}

    /** A constant of an enum, or null. @param ordinal an {@code int}, {@link EnumType#NULL} for null */
    record Enumerated(Value ordinal, EnumType type) implements Operand {}

    /** The array of all constants of an enum. */
    record EnumConstants(EnumType type) implements Operand {}

    /** An array that {@code javac} makes for a switch: numbers of cases by ordinal; 0 for those without. */
    record SwitchMap(java.util.Map<Integer, Integer> numbers) implements Operand {}

    /** The number that is in such an array for an ordinal. */
    record CaseNumber(Value ordinal, java.util.Map<Integer, Integer> numbers) implements Operand {}

    /** A string literal. */
    record Text(String text) implements Operand {}

    /** Text in an array of bytes, up to the first zero. */
    record TextInBytes(Array bytes) implements Operand {}

    /** An object that never leaves the program. */
    record Local(LocalObject object) implements Operand {}

    /** A class literal. */
    record ClassLiteral(String className) implements Operand {}

    /** {@code null}. */
    record Null() implements Operand {}

    /** What {@code lcmp} leaves, until it is known what for. */
    record LongComparison(Value left, Value right) implements Operand {}

    /** The array of a call with any number of arguments; its elements are set while it is on the stack. */
    record Arguments(List<Operand> elements) implements Operand {}

    /** An array that a constructor of a struct makes for one of its fields, where it lies already. */
    record NewArray(int length) implements Operand {}

    /** What {@code assert} throws. */
    record Failure() implements Operand {}

    /**
     * A lambda expression or a method reference.
     *
     * @param method the name of the interface's method that it implements
     * @param result of that method
     * @param callee what it calls
     * @param captured the first arguments of that
     */
    record Closure(String method, ClassDesc result, Callee callee, List<Operand> captured) implements Operand {
        public Closure {
            captured = List.copyOf(captured);
        }
    }

    /** The result of what was refused. */
    record Unknown(boolean wide) implements Operand {}

    /** True for what the JVM's {@code dup2} and {@code pop2} take for two. */
    default boolean isWide() {
        return switch (this) {
            case Number(Value value) -> value.type().isWide();
            case Unknown(boolean wide) -> wide;
            default -> false;
        };
    }
}
