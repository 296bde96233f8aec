package dev.skep.random;

import java.util.List;
import java.util.stream.IntStream;

/** Makes statements: declarations, assignments, conditions, loops that end, switches, jumps, {@code finally}. */
final class StatementGenerator {
    /** Levels of operators in an expression. */
    private static final int DEPTH = 2;

    /** Loops within each other: the kernel's verifier follows each round. */
    private static final int MOST_LOOPS = 2;

    private static final int MOST_ROUNDS = 5;

    /** {@code try} within each other. */
    private static final int MOST_TRIES = 2;

    private final Choice choice;
    private final Scope scope;
    private final ExpressionGenerator expressions;
    private final JavaType result;
    private final StringBuilder text = new StringBuilder();
    private int indentation = 2;
    private int left;
    private int tries;

    /** @param size how many statements, about @param result of the method */
    StatementGenerator(Choice choice, Scope scope, ExpressionGenerator expressions, JavaType result, int size) {
        this.choice = choice;
        this.scope = scope;
        this.expressions = expressions;
        this.result = result;
        this.left = size;
    }

    /** A method's body, with a return at its end. */
    String body() {
        declare();
        declare();
        while (left > 0) {
            statement();
        }
        List<Scope.Variable> numbers = scope.variables(v -> v.type() != JavaType.BOOLEAN);
        if (result == JavaType.LONG) {
            // Everything that was computed is in the result.
            StringBuilder sum = new StringBuilder(expression(result));
            numbers.forEach(v -> sum.append(" * 31 + ").append(v.name()));
            scope.arrays(a -> a.element() != JavaType.BOOLEAN)
                    .forEach(a -> sum.append(" ^ ")
                            .append(a.name())
                            .append("[")
                            .append(choice.below(a.length()))
                            .append("]"));
            line("return " + sum + ";");
        } else {
            line("return " + expression(result) + ";");
        }
        return text.toString();
    }

    private String expression(JavaType type) {
        return expressions.of(type, 1 + choice.below(DEPTH));
    }

    private void line(String statement) {
        text.append("    ".repeat(indentation)).append(statement).append('\n');
    }

    private void block(String head, Runnable content) {
        line(head + " {");
        indentation++;
        scope.within(content);
        indentation--;
        line("}");
    }

    private void statement() {
        left--;
        if (left < 0) {
            assign();
            return;
        }
        int kind = choice.below(scope.loops().isEmpty() ? 13 : 15);
        switch (kind) {
            case 0, 1 -> declare();
            case 2, 3, 4 -> assign();
            case 5, 6 -> condition();
            case 7 -> loop();
            case 8 -> switchOverNumbers();
            case 9 -> switchWithArrows();
            case 10 -> declareArray();
            case 11 -> leave();
            case 12 -> tryFinally();
            default -> jump();
        }
    }

    /** One to three statements. */
    private void few() {
        int count = 1 + choice.below(3);
        for (int i = 0; i < count; i++) {
            if (left > 0 || i == 0) {
                statement();
            }
        }
    }

    private void declare() {
        JavaType type = choice.of(JavaType.ALL);
        String name = scope.newName("v");
        line((choice.oneIn(4) ? "var" : type.keyword()) + " " + name + " = " + typed(type, expression(type)) + ";");
        scope.add(new Scope.Variable(name, type, true));
    }

    /** With {@code var} the expression has to have the type itself. */
    private static String typed(JavaType type, String expression) {
        return type == JavaType.BOOLEAN ? expression : "(" + type.keyword() + ") (" + expression + ")";
    }

    private void declareArray() {
        if (scope.arrays(a -> true).size() == 2) {
            assign();
            return;
        }
        JavaType element = choice.of(JavaType.ALL);
        int length = 1 << choice.below(4);
        String name = scope.newName("a");
        String made = "new " + element.keyword() + "[" + length + "]";
        if (choice.oneIn(2)) {
            List<String> elements = IntStream.range(0, length)
                    .mapToObj(i -> expressions.of(element, 1))
                    .toList();
            made = "{" + String.join(", ", elements) + "}";
        }
        line(element.keyword() + "[] " + name + " = " + made + ";");
        scope.add(new Scope.Array(name, element, length));
    }

    private void assign() {
        JavaType type = choice.of(JavaType.ALL);
        List<String> targets = expressions.targets(t -> t == type);
        if (targets.isEmpty()) {
            declare();
        } else {
            line(expressions.assign(choice.of(targets), type, DEPTH) + ";");
        }
    }

    private void condition() {
        block("if (" + expression(JavaType.BOOLEAN) + ")", this::few);
        if (choice.oneIn(2)) {
            block("else", this::few);
        }
    }

    private void loop() {
        if (scope.loops().size() >= MOST_LOOPS) {
            assign();
            return;
        }
        String label = scope.newName("loop");
        String counter = scope.newName("i");
        int rounds = 1 + choice.below(MOST_ROUNDS);
        switch (choice.below(5)) {
            case 0 -> forEach(label);
            case 1 -> {
                line("int " + counter + " = 0;");
                loopBody(
                        label,
                        "while (" + counter + "++ < " + rounds + " && " + expression(JavaType.BOOLEAN) + ")",
                        "}");
            }
            case 2 -> {
                line("int " + counter + " = 0;");
                loopBody(
                        label,
                        "do",
                        "} while (++" + counter + " < " + rounds + " && " + expression(JavaType.BOOLEAN) + ");");
            }
            case 3 -> {
                String bound = "(" + expressions.of(JavaType.INT, 1) + " & 3)";
                countedLoop(
                        label, counter, "int " + counter + " = 0; " + counter + " < " + bound + "; " + counter + "++");
            }
            default ->
                countedLoop(
                        label, counter, "int " + counter + " = " + rounds + "; " + counter + " > 0; " + counter + "--");
        }
    }

    private void countedLoop(String label, String counter, String head) {
        scope.within(() -> {
            scope.add(new Scope.Variable(counter, JavaType.INT, false));
            loopBody(label, "for (" + head + ")", "}");
        });
    }

    private void loopBody(String label, String head, String end) {
        line(label + ":");
        line(head + " {");
        indentation++;
        scope.withinLoop(label, this::few);
        indentation--;
        line(end);
    }

    private void forEach(String label) {
        List<Scope.Array> arrays = scope.arrays(a -> true);
        if (arrays.isEmpty()) {
            assign();
            return;
        }
        Scope.Array array = choice.of(arrays);
        String element = scope.newName("e");
        scope.within(() -> {
            scope.add(new Scope.Variable(element, array.element(), true));
            loopBody(label, "for (" + array.element().keyword() + " " + element + " : " + array.name() + ")", "}");
        });
    }

    private void switchOverNumbers() {
        JavaType selector = choice.of(JavaType.SWITCHED);
        block("switch " + expressions.selector(selector, DEPTH), () -> {
            for (String labels : new CaseLabels(choice).of(selector)) {
                line("case " + labels + ":");
                scoped(choice.oneIn(3) ? "" : "break;");
            }
            if (choice.oneIn(2)) {
                line("default:");
                scoped("");
            }
        });
    }

    /** Statements in braces, and one behind that. */
    private void scoped(String last) {
        line("{");
        indentation++;
        scope.within(this::few);
        indentation--;
        line("}" + (last.isEmpty() ? "" : " " + last));
    }

    private void switchWithArrows() {
        JavaType selector = choice.of(JavaType.SWITCHED);
        block("switch " + expressions.selector(selector, DEPTH), () -> {
            for (String labels : new CaseLabels(choice).of(selector)) {
                block("case " + labels + " ->", this::few);
            }
            block("default ->", this::few);
        });
    }

    /** {@code javac} copies the last block to each way out of the first. */
    private void tryFinally() {
        if (tries >= MOST_TRIES) {
            assign();
            return;
        }
        tries++;
        block("try", this::few);
        block("finally", this::few);
        tries--;
    }

    /** Returns early, under a condition. */
    private void leave() {
        line("if (" + expression(JavaType.BOOLEAN) + " && " + expression(JavaType.BOOLEAN) + ") return "
                + expression(result) + ";");
    }

    private void jump() {
        line("if (" + expression(JavaType.BOOLEAN) + ") " + choice.of("break", "continue") + " "
                + choice.of(scope.loops()) + ";");
    }
}
