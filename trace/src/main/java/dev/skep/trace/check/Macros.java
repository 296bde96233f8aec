package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the bodies of macros in the places of their calls. What a body declares itself gets names of its own, so that it never
 * meets what is there.
 */
final class Macros extends Rewriter {
    private static final int DEEPEST = 100;

    private final Map<String, Script.Macro> macros = new HashMap<>();
    private final Diagnostics diagnostics;
    private final Deque<String> open = new ArrayDeque<>();
    private int expansions;

    /** Knows the macros of a script. */
    Macros(Script script, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        for (Script.Item item : script.items()) {
            if (item instanceof Script.Macro macro) {
                declare(macro);
            }
        }
    }

    private void declare(Script.Macro macro) {
        Script.Macro before =
                macros.putIfAbsent(key(macro.name(), macro.parameters().size()), macro);
        if (before != null) {
            diagnostics.error(macro.span(), "Redefinition of macro: " + macro.name());
        }
        macros.putIfAbsent(macro.name(), macro);
    }

    private static String key(String name, int count) {
        return name + "/" + count;
    }

    @Override
    public Statement statement(Statement statement) {
        if (statement instanceof Statement.Evaluate(Span span, Expression expression)) {
            Optional<Script.Macro> macro = called(expression);
            if (macro.isPresent() && macro.get().result().isEmpty()) {
                return expandStatement(macro.get(), span, arguments(expression));
            }
        }
        return super.statement(statement);
    }

    @Override
    public Expression expression(Expression expression) {
        Optional<Script.Macro> macro = called(expression);
        return macro.isPresent()
                ? expand(macro.get(), expression.span(), arguments(expression))
                : super.expression(expression);
    }

    private Optional<Script.Macro> called(Expression expression) {
        return switch (expression) {
            case Expression.Call call
            when macros.containsKey(call.name()) ->
                Optional.of(
                        macros.getOrDefault(key(call.name(), call.arguments().size()), macros.get(call.name())));
            case Expression.Identifier identifier -> Optional.ofNullable(macros.get(key(identifier.name(), 0)));
            default -> Optional.empty();
        };
    }

    private static List<Expression> arguments(Expression expression) {
        return expression instanceof Expression.Call call ? call.arguments() : List.of();
    }

    private Statement expandStatement(Script.Macro macro, Span place, List<Expression> arguments) {
        Optional<Body> body = body(macro, place, arguments);
        if (body.isEmpty()) {
            return new Statement.Block(place, List.of());
        }
        open.push(macro.name());
        Statement.Block block = new Statement.Block(place, body.get().statements(macro.body()));
        open.pop();
        return block;
    }

    private Expression expand(Script.Macro macro, Span place, List<Expression> arguments) {
        Optional<Body> body = body(macro, place, arguments);
        if (body.isEmpty() || macro.result().isEmpty()) {
            if (macro.result().isEmpty()) {
                diagnostics.error(place, "Macro '" + macro.name() + "' has no value: its body ends in a statement");
            }
            return new Expression.IntegerLiteral(place, 0, false);
        }
        open.push(macro.name());
        Expression result = body.get().block(place, macro);
        open.pop();
        return result;
    }

    private Optional<Body> body(Script.Macro macro, Span place, List<Expression> arguments) {
        if (open.contains(macro.name()) || open.size() > DEEPEST) {
            diagnostics.error(
                    place,
                    "Recursive macro call detected. Call chain: " + String.join(" > ", open.reversed()) + " > "
                            + macro.name());
            return Optional.empty();
        }
        if (arguments.size() != macro.parameters().size()) {
            diagnostics.error(
                    place,
                    "Call to macro has wrong number arguments. Expected: "
                            + macro.parameters().size() + " but got " + arguments.size());
            return Optional.empty();
        }
        Map<String, Expression> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = expression(arguments.get(i));
            Expression parameter = macro.parameters().get(i);
            if (!fits(parameter, argument)) {
                String kind = parameter instanceof Expression.Variable ? "variable" : "map";
                diagnostics.error(
                        argument.span(),
                        "Mismatched arg. macro '" + macro.name() + "' expects a " + kind + " for param "
                                + name(parameter) + " but got an expression.");
                return Optional.empty();
            }
            values.put(name(parameter), argument);
        }
        expansions++;
        return Optional.of(new Body(macro, values, expansions));
    }

    private static boolean fits(Expression parameter, Expression argument) {
        return switch (parameter) {
            case Expression.Variable variable -> argument instanceof Expression.Variable;
            case Expression.MapName map -> argument instanceof Expression.MapName;
            default -> true;
        };
    }

    private static String name(Expression parameter) {
        return switch (parameter) {
            case Expression.Variable variable -> "$" + variable.name();
            case Expression.MapName map -> "@" + map.name();
            case Expression.Identifier identifier -> identifier.name();
            default -> parameter.span().text();
        };
    }

    /** A macro's body with the arguments of one call. */
    private final class Body extends Rewriter {
        private final Script.Macro macro;
        private final Map<String, Expression> values;
        private final int number;

        Body(Script.Macro macro, Map<String, Expression> values, int number) {
            this.macro = macro;
            this.values = values;
            this.number = number;
        }

        Expression block(Span place, Script.Macro of) {
            Expression result = expression(of.result().orElseThrow());
            return of.body().isEmpty() ? result : new Expression.BlockExpression(place, statements(of.body()), result);
        }

        @Override
        public List<Statement> statements(List<Statement> statements) {
            return super.statements(statements);
        }

        @Override
        public Statement statement(Statement statement) {
            if (statement instanceof Statement.Evaluate(Span span, Expression expression)) {
                Optional<Script.Macro> inner = called(expression);
                if (inner.isPresent() && inner.get().result().isEmpty()) {
                    List<Expression> given =
                            arguments(expression).stream().map(this::expression).toList();
                    return expandStatement(inner.get(), span, given);
                }
            }
            return super.statement(statement);
        }

        @Override
        public Expression expression(Expression expression) {
            if (expression instanceof Expression.Identifier identifier && values.containsKey(identifier.name())) {
                return copy(values.get(identifier.name()));
            }
            Optional<Script.Macro> inner = called(expression);
            if (inner.isPresent()) {
                List<Expression> given =
                        arguments(expression).stream().map(this::expression).toList();
                return expand(inner.get(), expression.span(), given);
            }
            return super.expression(expression);
        }

        /** Each use is a tree of its own. */
        private Expression copy(Expression argument) {
            return new Copy().expression(argument);
        }

        @Override
        protected Expression.Variable variable(Expression.Variable variable) {
            return values.get("$" + variable.name()) instanceof Expression.Variable given
                    ? new Expression.Variable(given.span(), given.name())
                    : new Expression.Variable(variable.span(), variable.name() + "#" + number);
        }

        @Override
        protected Expression.MapName mapName(Expression.MapName map) {
            if (values.get("@" + map.name()) instanceof Expression.MapName given) {
                return new Expression.MapName(given.span(), given.name());
            }
            diagnostics.error(
                    map.span(),
                    "Unhygienic access to map: @" + map.name() + ". Maps must be passed into the macro '" + macro.name()
                            + "' as arguments.");
            return map;
        }
    }

    /** The same tree with nodes of its own. */
    private static final class Copy extends Rewriter {}
}
