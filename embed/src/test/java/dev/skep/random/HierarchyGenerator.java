package dev.skep.random;

import dev.skep.random.ExpressionGenerator.HelperMethod;
import java.util.List;

/**
 * Makes two classes, structs or not, one of which extends the other, overrides what that has and hides it, and a static method that
 * makes objects of both and calls them through variables of either type.
 */
final class HierarchyGenerator {
    private static final int DEPTH = 2;

    private final Choice choice;
    private final String base;
    private final String derived;
    private final boolean structs;
    private final JavaType field;
    private final HelperMethod value;
    private final HelperMethod own;
    private final HelperMethod through;
    private final HelperMethod objects;

    /** @param name what the names of the classes and of the method begin with */
    HierarchyGenerator(Choice choice, String name) {
        this.choice = choice;
        this.base = name + "Base";
        this.derived = name + "Derived";
        this.structs = choice.oneIn(3);
        this.field = choice.of(JavaType.ALL);
        this.value = new HelperMethod("value", choice.of(JavaType.ALL), List.of(choice.of(JavaType.ALL)));
        this.own = new HelperMethod("own", choice.of(JavaType.ALL), List.of(choice.of(JavaType.ALL)));
        this.through = new HelperMethod("through", choice.of(JavaType.ALL), List.of(choice.of(JavaType.ALL)));
        this.objects = new HelperMethod(name + "Objects", choice.of(JavaType.ALL), List.of(field, field));
    }

    /** The method that uses the classes. */
    HelperMethod method() {
        return objects;
    }

    /** The source text of the classes and the method. */
    String text() {
        return base() + derived() + objects();
    }

    private String base() {
        Scope scope = fields("p", "q");
        return "    static class " + base + (structs ? " extends Struct" : "") + " {\n"
                + declaration("p")
                + declaration("q")
                + "        " + base + "(" + field.keyword() + " x) { p = x; set(); }\n"
                + "        void set() { q = p; }\n"
                + method("", value, scope, List.of())
                + method("private ", own, scope, List.of())
                + method("", through, scope, List.of(value, own))
                + "    }\n\n";
    }

    /** A struct cannot have two fields of one name. */
    private String derived() {
        String added = structs ? "r" : "p";
        Scope scope = fields(added, "q", "super.p");
        HelperMethod overridden = named("super.value", value);
        return "    static class " + derived + " extends " + base + " {\n"
                + declaration(added)
                + "        " + derived + "(" + field.keyword() + " x) { super(x); " + added + " = q; }\n"
                + "        @Override void set() { super.set(); " + added + " = super.p; }\n"
                + method("@Override ", value, scope, List.of(overridden))
                + method("", own, scope, List.of(overridden, value))
                + "    }\n\n";
    }

    private String objects() {
        Scope scope = fields("x", "y", "one.q", "same.p", "other.p", "other.q");
        List<HelperMethod> methods = List.of(
                named("one.value", value),
                named("same.value", value),
                named("other.value", value),
                named("one.own", own),
                named("same.own", own),
                named("one.through", through),
                named("same.through", through),
                named("other.through", through));
        ExpressionGenerator expressions = new ExpressionGenerator(choice, scope, methods);
        HelperMethod called = choice.of(methods);
        String argument = expressions.of(called.parameters().getFirst(), 1);
        return "    static " + objects.result().keyword() + " " + objects.name() + "(" + field.keyword() + " x, "
                + field.keyword() + " y) {\n"
                + "        " + derived + " one = new " + derived + "(x);\n"
                + "        " + base + " same = one;\n"
                + "        " + base + " other = new " + base + "(y);\n"
                + "        var called = " + called.name() + "(" + argument + ");\n"
                + "        " + expressions.assign("same.q", field, 1) + ";\n"
                + "        return " + expressions.of(objects.result(), DEPTH) + ";\n"
                + "    }\n\n";
    }

    private Scope fields(String... names) {
        Scope scope = new Scope();
        for (String name : names) {
            scope.add(new Scope.Variable(name, field, true));
        }
        return scope;
    }

    private String declaration(String name) {
        return "        " + field.keyword() + " " + name + ";\n";
    }

    private static HelperMethod named(String name, HelperMethod method) {
        return new HelperMethod(name, method.result(), method.parameters());
    }

    /** @param fields of its class, which its parameter is added to */
    private String method(String modifiers, HelperMethod method, Scope fields, List<HelperMethod> helpers) {
        JavaType parameter = method.parameters().getFirst();
        StringBuilder text = new StringBuilder("        ");
        fields.within(() -> {
            fields.add(new Scope.Variable("x", parameter, true));
            ExpressionGenerator expressions = new ExpressionGenerator(choice, fields, helpers);
            text.append(modifiers)
                    .append(method.result().keyword())
                    .append(" ")
                    .append(method.name())
                    .append("(" + parameter.keyword() + " x) { ")
                    .append(expressions.assign(
                            fields.variables(v -> true).getFirst().name(), field, 1))
                    .append("; return ")
                    .append(expressions.of(method.result(), DEPTH))
                    .append("; }\n");
        });
        return text.toString();
    }
}
