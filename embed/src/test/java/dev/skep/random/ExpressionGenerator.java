package dev.skep.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes expressions of a wanted type: every operator, cast and method on whole numbers that programs can use. */
final class ExpressionGenerator {
    private static final String[] ARITHMETIC = {"+", "-", "*", "&", "|", "^", "/", "%"};
    private static final String[] SHIFTS = {"<<", ">>", ">>>"};
    private static final String[] COMPARISONS = {"<", "<=", ">", ">=", "==", "!="};
    private static final String[] EDGES = {
        "0",
        "1",
        "2",
        "-1",
        "7",
        "31",
        "32",
        "63",
        "127",
        "128",
        "255",
        "256",
        "-128",
        "-129",
        "32767",
        "65535",
        "65536",
        "Integer.MAX_VALUE",
        "Integer.MIN_VALUE"
    };
    private static final String[] LONG_EDGES = {
        "0L",
        "1L",
        "-1L",
        "0x80000000L",
        "0xffffffffL",
        "0x100000000L",
        "1000000007L",
        "Long.MAX_VALUE",
        "Long.MIN_VALUE"
    };

    private final Choice choice;
    private final Scope scope;
    private final List<HelperMethod> helpers;

    /** A static method that expressions may call. */
    record HelperMethod(String name, JavaType result, List<JavaType> parameters) {}

    ExpressionGenerator(Choice choice, Scope scope, List<HelperMethod> helpers) {
        this.choice = choice;
        this.scope = scope;
        this.helpers = helpers;
    }

    /** An expression that can be assigned to a variable of the type. @param depth how many levels of operators at most */
    String of(JavaType type, int depth) {
        if (depth <= 0) {
            return leaf(type);
        }
        return switch (type) {
            case BOOLEAN -> truth(depth - 1);
            case INT -> number(depth - 1);
            case LONG -> longNumber(depth - 1);
            default -> small(type, depth - 1);
        };
    }

    /** A variable, an element of an array or a literal. */
    private String leaf(JavaType type) {
        List<Scope.Variable> variables = scope.variables(v -> fits(v.type(), type));
        List<Scope.Array> arrays = scope.arrays(a -> fits(a.element(), type));
        int kind = choice.below(8);
        if (kind == 0 && !arrays.isEmpty()) {
            return element(choice.of(arrays), 0);
        }
        return kind < 6 && !variables.isEmpty() ? choice.of(variables).name() : literal(type);
    }

    private static boolean fits(JavaType from, JavaType to) {
        return from == to || (to == JavaType.INT && from.becomesInt());
    }

    private String literal(JavaType type) {
        return switch (type) {
            case BOOLEAN -> choice.of("true", "false");
            case LONG -> choice.oneIn(2) ? "(" + choice.of(LONG_EDGES) + ")" : parenthesized(choice.anyLong()) + "L)";
            case INT -> choice.oneIn(2) ? "(" + choice.of(EDGES) + ")" : parenthesized(choice.anyInt()) + ")";
            case CHAR -> choice.oneIn(2) ? "'" + (char) ('a' + choice.below(26)) + "'" : cast(type, choice.of(EDGES));
            default -> cast(type, choice.of(EDGES));
        };
    }

    private static String parenthesized(long number) {
        return "(" + number;
    }

    private static String cast(JavaType type, String expression) {
        return "((" + type.keyword() + ") (" + expression + "))";
    }

    private String binary(String left, String operator, String right) {
        return "(" + left + " " + operator + " " + right + ")";
    }

    private JavaType integer() {
        return choice.oneIn(3) ? JavaType.LONG : choice.of(JavaType.SWITCHED);
    }

    private String truth(int depth) {
        JavaType compared = choice.of(JavaType.NUMBERS);
        return choice.by(
                () -> binary(of(compared, depth), choice.of(COMPARISONS), of(choice.of(JavaType.NUMBERS), depth)),
                () -> binary(of(compared, depth), choice.of(COMPARISONS), literal(compared)),
                () -> binary(
                        of(JavaType.BOOLEAN, depth),
                        choice.of("&&", "||", "&", "|", "^", "==", "!="),
                        of(JavaType.BOOLEAN, depth)),
                () -> "!" + of(JavaType.BOOLEAN, depth),
                () -> conditional(JavaType.BOOLEAN, depth),
                () -> assignment(JavaType.BOOLEAN, depth),
                () -> call(JavaType.BOOLEAN, depth),
                () -> "((" + of(JavaType.INT, depth) + " & " + (1 << choice.below(31)) + ") != 0)");
    }

    private String number(int depth) {
        return choice.by(
                () -> binary(of(JavaType.INT, depth), choice.of(ARITHMETIC), of(JavaType.INT, depth)),
                () -> binary(of(JavaType.INT, depth), choice.of(ARITHMETIC), literal(JavaType.INT)),
                () -> binary(of(JavaType.INT, depth), choice.of(SHIFTS), of(integer(), depth)),
                () -> "(" + choice.of("-(", "~(", "+(") + of(JavaType.INT, depth) + "))",
                () -> cast(JavaType.INT, of(JavaType.LONG, depth)),
                () -> of(choice.of(JavaType.SWITCHED), depth),
                () -> conditional(JavaType.INT, depth),
                () -> assignment(JavaType.INT, depth),
                () -> call(JavaType.INT, depth),
                () -> switched(JavaType.INT, depth),
                () -> intMethod(depth));
    }

    private String longNumber(int depth) {
        return choice.by(
                () -> binary(of(JavaType.LONG, depth), choice.of(ARITHMETIC), of(integer(), depth)),
                () -> binary(of(JavaType.INT, depth), choice.of(ARITHMETIC), of(JavaType.LONG, depth)),
                () -> binary(of(JavaType.LONG, depth), choice.of(SHIFTS), of(integer(), depth)),
                () -> "(" + choice.of("-(", "~(", "+(") + of(JavaType.LONG, depth) + "))",
                () -> cast(JavaType.LONG, of(JavaType.INT, depth)),
                () -> conditional(JavaType.LONG, depth),
                () -> assignment(JavaType.LONG, depth),
                () -> call(JavaType.LONG, depth),
                () -> switched(JavaType.LONG, depth),
                () -> longMethod(depth));
    }

    private String small(JavaType type, int depth) {
        return choice.by(
                () -> cast(type, of(choice.oneIn(3) ? JavaType.LONG : JavaType.INT, depth)),
                () -> cast(type, conditional(type, depth)),
                () -> assignment(type, depth),
                () -> call(type, depth),
                () -> type == JavaType.BYTE
                        ? cast(type, of(JavaType.SHORT, depth))
                        : (type == JavaType.CHAR ? "Character" : "Short") + ".reverseBytes(" + of(type, depth) + ")");
    }

    private String conditional(JavaType type, int depth) {
        return "(" + of(JavaType.BOOLEAN, depth) + " ? " + of(type, depth) + " : " + of(type, depth) + ")";
    }

    private String intMethod(int depth) {
        String box = choice.of("Integer", "Long");
        JavaType type = box.equals("Long") ? JavaType.LONG : JavaType.INT;
        return choice.by(
                () -> "Math." + choice.of("min", "max") + "(" + two(JavaType.INT, depth) + ")",
                () -> "Math.abs(" + of(JavaType.INT, depth) + ")",
                () -> "Integer." + choice.of("sum", "min", "max", "divideUnsigned", "remainderUnsigned") + "("
                        + two(JavaType.INT, depth) + ")",
                () -> "Integer." + choice.of("rotateLeft", "rotateRight") + "(" + two(JavaType.INT, depth) + ")",
                () -> "Math." + choice.of("floorDiv", "floorMod", "ceilDiv", "ceilMod") + "(" + two(JavaType.INT, depth)
                        + ")",
                () -> "Integer." + choice.of("reverseBytes", "reverse", "highestOneBit", "lowestOneBit") + "("
                        + of(JavaType.INT, depth) + ")",
                () -> box + "." + choice.of("bitCount", "numberOfLeadingZeros", "numberOfTrailingZeros", "signum") + "("
                        + of(type, depth) + ")",
                () -> box + "." + choice.of("compare", "compareUnsigned") + "(" + two(type, depth) + ")",
                () -> "Byte.toUnsignedInt(" + of(JavaType.BYTE, depth) + ")",
                () -> "Short.toUnsignedInt(" + of(JavaType.SHORT, depth) + ")");
    }

    private String longMethod(int depth) {
        return choice.by(
                () -> "Math." + choice.of("min", "max") + "(" + two(JavaType.LONG, depth) + ")",
                () -> "Math.abs(" + of(JavaType.LONG, depth) + ")",
                () -> "Long." + choice.of("sum", "min", "max", "divideUnsigned", "remainderUnsigned") + "("
                        + two(JavaType.LONG, depth) + ")",
                () -> "Long." + choice.of("rotateLeft", "rotateRight") + "(" + of(JavaType.LONG, depth) + ", "
                        + of(JavaType.INT, depth) + ")",
                () -> "Math."
                        + choice.of(
                                "floorDiv", "floorMod", "ceilDiv", "ceilMod", "multiplyHigh", "unsignedMultiplyHigh")
                        + "(" + two(JavaType.LONG, depth) + ")",
                () -> "Long." + choice.of("reverseBytes", "reverse", "highestOneBit", "lowestOneBit") + "("
                        + of(JavaType.LONG, depth) + ")",
                () -> "Integer.toUnsignedLong(" + of(JavaType.INT, depth) + ")",
                () -> "Byte.toUnsignedLong(" + of(JavaType.BYTE, depth) + ")",
                () -> "Short.toUnsignedLong(" + of(JavaType.SHORT, depth) + ")");
    }

    private String two(JavaType type, int depth) {
        return of(type, depth) + ", " + of(type, depth);
    }

    /** A call of a helper method, or a leaf if none has such a result. */
    private String call(JavaType type, int depth) {
        List<HelperMethod> fitting =
                helpers.stream().filter(h -> h.result() == type).toList();
        if (fitting.isEmpty()) {
            return leaf(type);
        }
        HelperMethod helper = choice.of(fitting);
        List<String> arguments =
                helper.parameters().stream().map(p -> of(p, depth - 1)).toList();
        return helper.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** A switch expression. */
    private String switched(JavaType type, int depth) {
        JavaType selector = choice.of(JavaType.SWITCHED);
        StringBuilder text = new StringBuilder("(switch " + selector(selector, depth) + " {");
        for (String labels : new CaseLabels(choice).of(selector)) {
            text.append(" case ").append(labels).append(" -> ");
            text.append(choice.oneIn(4) ? yielded(type, depth - 1) : of(type, depth - 1) + ";");
        }
        return text + " default -> " + of(type, depth - 1) + "; })";
    }

    /** What a switch is over: an expression that may be of type {@code int} may be of a smaller one without a cast. */
    String selector(JavaType type, int depth) {
        return "((" + type.keyword() + ") " + of(type, depth) + ")";
    }

    /** A parenthesis behind {@code yield} would make it a call for javac. */
    private String yielded(JavaType type, int depth) {
        String name = scope.newName("y");
        return "{ " + type.keyword() + " " + name + " = " + of(type, depth) + "; yield " + name + "; }";
    }

    /** An assignment used for its value, or a leaf if nothing can be assigned to. */
    private String assignment(JavaType type, int depth) {
        List<String> targets = targets(v -> v == type);
        if (targets.isEmpty()) {
            return leaf(type);
        }
        return "(" + assign(choice.of(targets), type, depth) + ")";
    }

    /** An assignment without parentheses: plain, compound, or an increment. */
    String assign(String target, JavaType type, int depth) {
        if (type == JavaType.BOOLEAN) {
            return target + " " + choice.of("=", "&=", "|=", "^=") + " " + of(type, depth);
        }
        return choice.by(
                () -> target + " = " + of(type, depth),
                () -> target + " " + choice.of(ARITHMETIC) + "= " + of(integer(), depth),
                () -> target + " " + choice.of(SHIFTS) + "= " + of(integer(), depth),
                () -> choice.of("++", "--") + target,
                () -> target + choice.of("++", "--"));
    }

    /** Variables and elements of arrays of some type that can be assigned to. */
    List<String> targets(Predicate<JavaType> wanted) {
        List<String> names = new ArrayList<>(scope.variables(v -> v.assignable() && wanted.test(v.type())).stream()
                .map(Scope.Variable::name)
                .toList());
        scope.arrays(a -> wanted.test(a.element())).forEach(array -> names.add(element(array, 1)));
        return names;
    }

    /** An element, now and then one that may not be there. */
    private String element(Scope.Array array, int depth) {
        String index = choice.oneIn(8)
                ? String.valueOf(choice.below(array.length() + (choice.oneIn(8) ? 1 : 0)))
                : of(JavaType.INT, depth) + (choice.oneIn(20) ? "" : " & " + (array.length() - 1));
        return array.name() + "[" + index + "]";
    }
}
