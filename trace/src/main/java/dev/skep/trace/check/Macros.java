package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.tree.TypeName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the bodies of macros in the places of their calls. What a body declares itself gets names of its own, so that it never
 * meets what is there.
 */
final class Macros extends Rewriter {
    private static final int DEEPEST = 100;

    private final MacroTable table;
    private final Diagnostics diagnostics;
    private final Deque<String> open = new ArrayDeque<>();
    private int expansions;

    /** Knows the macros of a script and of the standard library. */
    Macros(Script script, Diagnostics diagnostics) {
        this.table = new MacroTable(script, diagnostics);
        this.diagnostics = diagnostics;
    }

    @Override
    public Statement statement(Statement statement) {
        if (statement instanceof Statement.Evaluate(Span span, Expression expression) && table.isCall(expression)) {
            return expandStatement(span, expression, arguments(expression));
        }
        return super.statement(statement);
    }

    @Override
    public Expression expression(Expression expression) {
        return table.isCall(expression) ? expand(expression, arguments(expression)) : super.expression(expression);
    }

    private static String name(Expression call) {
        return call instanceof Expression.Call(Span _, String name, Span _, List<Expression> _)
                ? name
                : ((Expression.Identifier) call).name();
    }

    private static List<Expression> arguments(Expression expression) {
        return expression instanceof Expression.Call call ? call.arguments() : List.of();
    }

    private Statement expandStatement(Span place, Expression call, List<Expression> arguments) {
        Optional<Body> body = body(call, arguments);
        if (body.isEmpty()) {
            return new Statement.Block(place, List.of());
        }
        Script.Macro macro = body.get().macro;
        open.push(signature(macro));
        Statement expanded = macro.result().isPresent()
                ? new Statement.Evaluate(place, body.get().value(place))
                : new Statement.Block(place, body.get().statements(macro.body()));
        open.pop();
        return expanded;
    }

    private Expression expand(Expression call, List<Expression> arguments) {
        Span place = call.span();
        Optional<Body> body = body(call, arguments);
        if (body.isEmpty()) {
            return new Expression.IntegerLiteral(place, 0, false);
        }
        Script.Macro macro = body.get().macro;
        if (macro.result().isEmpty()) {
            diagnostics.error(place, "Macro '" + macro.name() + "' has no value: its body ends in a statement");
            return new Expression.IntegerLiteral(place, 0, false);
        }
        open.push(signature(macro));
        Expression result = body.get().value(place);
        open.pop();
        return result;
    }

    private static String signature(Script.Macro macro) {
        return macro.name() + "/" + macro.parameters().size();
    }

    private String chain() {
        return open.reversed().stream()
                .map(signature -> signature.substring(0, signature.indexOf('/')))
                .collect(Collectors.joining(" > "));
    }

    private Optional<Body> body(Expression call, List<Expression> given) {
        List<Expression> arguments = given.stream().map(this::expression).toList();
        Optional<Script.Macro> called = table.called(name(call), call.span(), arguments);
        if (called.isEmpty()) {
            return Optional.empty();
        }
        Script.Macro macro = called.get();
        if (open.contains(signature(macro)) || open.size() > DEEPEST) {
            diagnostics.error(
                    call.span(), "Recursive macro call detected. Call chain: " + chain() + " > " + macro.name());
            return Optional.empty();
        }
        Map<String, Expression> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            values.put(macro.parameters().get(i).span().text(), arguments.get(i));
        }
        expansions++;
        return Optional.of(new Body(macro, values, expansions));
    }

    /** A macro's body with the arguments of one call. */
    private final class Body extends Rewriter {
        private final Script.Macro macro;
        private final Map<String, Expression> values;
        private final int number;
        private final Set<String> declared;

        Body(Script.Macro macro, Map<String, Expression> values, int number) {
            this.macro = macro;
            this.values = values;
            this.number = number;
            this.declared = DeclaredVariables.of(macro);
        }

        /** The body as an expression. */
        Expression value(Span place) {
            Expression result = expression(macro.result().orElseThrow());
            return macro.body().isEmpty()
                    ? result
                    : new Expression.BlockExpression(place, statements(macro.body()), result);
        }

        @Override
        public List<Statement> statements(List<Statement> statements) {
            return super.statements(statements);
        }

        @Override
        public Statement statement(Statement statement) {
            return statement instanceof Statement.Evaluate(Span span, Expression expression) && isCall(expression)
                    ? expandStatement(span, expression, given(expression))
                    : super.statement(statement);
        }

        private boolean isCall(Expression expression) {
            boolean isParameter =
                    expression instanceof Expression.Identifier identifier && values.containsKey(identifier.name());
            return !isParameter && table.isCall(expression);
        }

        private List<Expression> given(Expression call) {
            return arguments(call).stream().map(this::expression).toList();
        }

        @Override
        public Expression expression(Expression expression) {
            if (isCall(expression)) {
                return expand(expression, given(expression));
            }
            return switch (expression) {
                case Expression.Identifier identifier
                when values.containsKey(identifier.name()) -> copy(values.get(identifier.name()));
                case Expression.SizeOf(Span span, Expression.Identifier type)
                when typeOf(type.name()).isPresent() ->
                    new Expression.SizeOfType(span, typeOf(type.name()).get());
                case Expression.OffsetOf(Span span, Expression.Identifier type, List<String> path)
                when typeOf(type.name()).isPresent() ->
                    new Expression.OffsetOfType(span, typeOf(type.name()).get(), members(path));
                case Expression.OffsetOf(Span span, Expression of, List<String> path) ->
                    new Expression.OffsetOf(span, expression(of), members(path));
                case Expression.OffsetOfType(Span span, TypeName type, List<String> path) ->
                    new Expression.OffsetOfType(span, type(type), members(path));
                default -> super.expression(expression);
            };
        }

        /** The type that an argument names, where the body wants a type. */
        private Optional<TypeName> typeOf(String parameter) {
            return values.get(parameter) instanceof Expression.Identifier(Span span, String name)
                            && !BuiltinTypes.isBuiltin(name)
                    ? Optional.of(new TypeName.Named(span, Optional.empty(), name))
                    : Optional.empty();
        }

        @Override
        public TypeName type(TypeName type) {
            return type instanceof TypeName.Named named && named.keyword().isEmpty()
                    ? typeOf(named.name()).orElseGet(() -> super.type(type))
                    : super.type(type);
        }

        private List<String> members(List<String> path) {
            return path.stream()
                    .map(name -> values.get(name) instanceof Expression.Identifier given ? given.name() : name)
                    .toList();
        }

        /** Each use is a tree of its own. */
        private Expression copy(Expression argument) {
            return new Copy().expression(argument);
        }

        @Override
        protected Expression.Variable variable(Expression.Variable variable) {
            return values.get("$" + variable.name()) instanceof Expression.Variable given
                    ? new Expression.Variable(given.span(), given.name())
                    : new Expression.Variable(
                            variable.span(),
                            declared.contains(variable.name()) ? variable.name() + "#" + number : variable.name());
        }

        @Override
        protected Expression.MapName mapName(Expression.MapName map) {
            if (values.get("@" + map.name()) instanceof Expression.MapName given) {
                return new Expression.MapName(given.span(), given.name());
            }
            diagnostics.error(
                    map.span(),
                    "Unhygienic access to map: @" + map.name() + ". Maps must be passed into the macro as arguments.");
            return map;
        }
    }

    /** The same tree with nodes of its own. */
    private static final class Copy extends Rewriter {}
}
