package dev.skep.random;

import java.util.ArrayList;
import java.util.List;

/** Makes a random static method, classes, and others that it calls. The same seed gives the same text. */
final class MethodGenerator {
    /** What each method is called with; fields of {@link MethodBatch}'s arguments are named and ordered like this. */
    static final List<Scope.Variable> PARAMETERS = List.of(
            new Scope.Variable("a", JavaType.LONG, true),
            new Scope.Variable("b", JavaType.LONG, true),
            new Scope.Variable("c", JavaType.INT, true),
            new Scope.Variable("d", JavaType.SHORT, true),
            new Scope.Variable("e", JavaType.CHAR, true),
            new Scope.Variable("f", JavaType.BYTE, true),
            new Scope.Variable("g", JavaType.BOOLEAN, true));

    private static final int MOST_HELPERS = 2;

    private MethodGenerator() {}

    /** The source text of a method that returns {@code long}, and of its helpers. */
    static String method(String name, long seed) {
        Choice choice = new Choice(seed);
        StringBuilder text = new StringBuilder();
        List<ExpressionGenerator.HelperMethod> helpers = new ArrayList<>();
        if (choice.oneIn(3)) {
            HierarchyGenerator hierarchy = new HierarchyGenerator(choice, name);
            text.append(hierarchy.text());
            helpers.add(hierarchy.method());
        }
        int count = choice.below(MOST_HELPERS + 1);
        for (int i = 0; i < count; i++) {
            ExpressionGenerator.HelperMethod helper = new ExpressionGenerator.HelperMethod(
                    name + "helper" + i,
                    choice.of(JavaType.ALL),
                    List.of(choice.of(JavaType.ALL), choice.of(JavaType.ALL)));
            List<Scope.Variable> parameters = List.of(
                    new Scope.Variable("x", helper.parameters().get(0), true),
                    new Scope.Variable("y", helper.parameters().get(1), true));
            text.append(method(choice, helper.name(), helper.result(), parameters, List.copyOf(helpers), 2));
            helpers.add(helper);
        }
        return text + method(choice, name, JavaType.LONG, PARAMETERS, helpers, 3 + choice.below(6));
    }

    private static String method(
            Choice choice,
            String name,
            JavaType result,
            List<Scope.Variable> parameters,
            List<ExpressionGenerator.HelperMethod> helpers,
            int size) {
        Scope scope = new Scope();
        parameters.forEach(scope::add);
        ExpressionGenerator expressions = new ExpressionGenerator(choice, scope, helpers);
        List<String> declared = parameters.stream()
                .map(p -> p.type().keyword() + " " + p.name())
                .toList();
        return "    static " + result.keyword() + " " + name + "(" + String.join(", ", declared) + ") {\n"
                + new StatementGenerator(choice, scope, expressions, result, size).body() + "    }\n\n";
    }
}
