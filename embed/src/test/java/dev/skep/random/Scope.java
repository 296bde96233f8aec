package dev.skep.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The names that are known at a place in a generated method. */
final class Scope {
    /** A local variable or parameter. @param assignable false for the counters that bound loops */
    record Variable(String name, JavaType type, boolean assignable) {}

    /** A local array. @param length a power of two */
    record Array(String name, JavaType element, int length) {}

    private final List<Variable> variables = new ArrayList<>();
    private final List<Array> arrays = new ArrayList<>();
    private final List<String> loops = new ArrayList<>();
    private int names;

    /** What is declared within {@code action} is forgotten behind it. */
    void within(Runnable action) {
        int knownVariables = variables.size();
        int knownArrays = arrays.size();
        action.run();
        variables.subList(knownVariables, variables.size()).clear();
        arrays.subList(knownArrays, arrays.size()).clear();
    }

    /** The same within a loop with a label. */
    void withinLoop(String label, Runnable action) {
        loops.add(label);
        within(action);
        loops.removeLast();
    }

    String newName(String prefix) {
        names++;
        return prefix + names;
    }

    void add(Variable variable) {
        variables.add(variable);
    }

    void add(Array array) {
        arrays.add(array);
    }

    List<Variable> variables(Predicate<Variable> wanted) {
        return variables.stream().filter(wanted).toList();
    }

    List<Array> arrays(Predicate<Array> wanted) {
        return arrays.stream().filter(wanted).toList();
    }

    /** Labels of the loops around, the outermost first. */
    List<String> loops() {
        return loops;
    }
}
