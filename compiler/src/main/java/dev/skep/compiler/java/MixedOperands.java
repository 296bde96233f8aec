package dev.skep.compiler.java;

import java.util.SortedSet;
import java.util.TreeSet;

/** What to say of a variable, or a method, that has one thing or another where ways meet. */
final class MixedOperands {
    private static final String HAS_TO_BE_KNOWN = "which one it is has to be known where the program is compiled";

    private MixedOperands() {}

    /** For two things that cannot be the same variable. */
    static Refusal refusal(Operand one, Operand other) {
        if (either(one, other, Operand.Text.class) || either(one, other, Operand.TextInBytes.class)) {
            return new Refusal(
                    "a string that is one text or another",
                    HAS_TO_BE_KNOWN,
                    "use each in a branch of its own, or a number or an enum instead of the string");
        }
        if (either(one, other, Operand.Null.class)) {
            return new Refusal(
                    "an object that may be null",
                    "what is no struct and in no map is always there in BPF",
                    "use a boolean that says whether it means anything");
        }
        if (either(one, other, Operand.Local.class)) {
            return new Refusal(
                    "a variable that holds one object or another",
                    "their fields are variables, so " + HAS_TO_BE_KNOWN,
                    "use a record, which is a value, or each object in a branch of its own");
        }
        if (either(one, other, Operand.Map.class)) {
            return new Refusal(
                    "a variable that holds one map or another",
                    HAS_TO_BE_KNOWN,
                    "use each in a branch of its own, or a map of maps");
        }
        return new Refusal(
                "a variable or result that is one thing or another",
                "which array, literal or lambda expression it is has to be known where the program is compiled",
                "use the one or the other in a branch of its own");
    }

    /** For a variable that gets another class later than where that would have to be known. */
    static Refusal classes(Operand.Reference known, Operand.Reference other) {
        SortedSet<String> classes = new TreeSet<>(known.possible());
        classes.addAll(other.possible());
        return new Refusal(
                "a variable that holds " + Dispatch.text(classes),
                "memory does not know its class in BPF, and where a loop begins or a field is set first, it has to be known",
                "declare it as the class that it always has, or use a variable for each class");
    }

    private static boolean either(Operand one, Operand other, Class<? extends Operand> kind) {
        return kind.isInstance(one) || kind.isInstance(other);
    }
}
