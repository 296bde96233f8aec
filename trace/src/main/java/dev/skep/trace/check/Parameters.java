package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.syntax.IntegerScanner;
import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Puts the arguments of the command line in the places of {@code $1}, {@code $#} and {@code getopt()}. */
final class Parameters extends Rewriter {
    private final List<String> positional = new ArrayList<>();
    private final Map<String, String> named = new LinkedHashMap<>();
    private final Map<String, String> fallbacks = new HashMap<>();
    private final Diagnostics diagnostics;

    Parameters(List<String> arguments, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        for (String argument : arguments) {
            if (argument.startsWith("--") && argument.length() > 2) {
                int equals = argument.indexOf('=');
                String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
                named.put(name, equals < 0 ? "" : argument.substring(equals + 1));
            } else {
                positional.add(argument);
            }
        }
    }

    /** Those without a name, in order. */
    List<String> positional() {
        return List.copyOf(positional);
    }

    @Override
    public Expression expression(Expression expression) {
        return switch (expression) {
            case Expression.PositionalParameter parameter -> value(parameter);
            case Expression.ParameterCount count ->
                new Expression.IntegerLiteral(count.span(), positional.size(), false);
            case Expression.Call call when call.name().equals("getopt") -> option(call);
            case Expression.Call call
            when call.name().equals("str") && !call.arguments().isEmpty() -> text(call);
            default -> super.expression(expression);
        };
    }

    private String given(Expression.PositionalParameter parameter) {
        return parameter.number() <= positional.size() ? positional.get(parameter.number() - 1) : "";
    }

    private Expression value(Expression.PositionalParameter parameter) {
        String text = given(parameter);
        if (text.isEmpty()) {
            return new Expression.IntegerLiteral(parameter.span(), 0, false);
        }
        boolean negative = text.startsWith("-");
        OptionalLong number = IntegerScanner.whole(negative ? text.substring(1) : text);
        return number.isPresent()
                ? new Expression.IntegerLiteral(
                        parameter.span(), negative ? -number.getAsLong() : number.getAsLong(), false)
                : new Expression.StringLiteral(parameter.span(), text);
    }

    /** {@code str($1)} is a text in any case, {@code str($1 + 2)} what follows its first characters. */
    private Expression text(Expression.Call call) {
        Optional<String> text = switch (call.arguments().getFirst()) {
            case Expression.PositionalParameter parameter -> Optional.of(given(parameter));
            case Expression.Binary binary
            when binary.operator() == BinaryOperator.ADD
                    && binary.left() instanceof Expression.PositionalParameter parameter ->
                behind(binary, given(parameter));
            default -> Optional.empty();
        };
        if (text.isEmpty()) {
            return super.expression(call);
        }
        Expression literal =
                new Expression.StringLiteral(call.arguments().getFirst().span(), text.get());
        if (call.arguments().size() == 1) {
            return literal;
        }
        return new Expression.Call(
                call.span(),
                call.name(),
                call.nameSpan(),
                List.of(literal, expression(call.arguments().get(1))));
    }

    private Optional<String> behind(Expression.Binary binary, String text) {
        OptionalLong distance = Constants.number(binary.right());
        if (distance.isEmpty()) {
            return Optional.empty();
        }
        if (distance.getAsLong() < 0 || distance.getAsLong() > text.length()) {
            return Optional.of("");
        }
        return Optional.of(text.substring((int) distance.getAsLong()));
    }

    private void checkFallback(Expression.Call call, String name) {
        String fallback = call.arguments().size() < 2
                ? "false"
                : call.arguments().get(1).span().text();
        String before = fallbacks.putIfAbsent(name, fallback);
        if (before != null && !before.equals(fallback)) {
            diagnostics.error(
                    call.span(),
                    "Command line option '" + name
                            + "' needs to have the same default value in all places it is used. Previous default value: "
                            + before);
        }
    }

    private Expression option(Expression.Call call) {
        if (call.arguments().isEmpty() || call.arguments().size() > 3) { // the third says what it is for
            diagnostics.error(
                    call.span(),
                    "The 'getopt' function can take a maximum of three arguments and a minimum of one argument.");
            return new Expression.IntegerLiteral(call.span(), 0, false);
        }
        Optional<String> name = Constants.text(call.arguments().getFirst());
        if (name.isEmpty()) {
            diagnostics.error(call.span(), "First argument to 'getopt' must be a string literal.");
            return new Expression.IntegerLiteral(call.span(), 0, false);
        }
        checkFallback(call, name.get());
        String given = named.get(name.get());
        if (call.arguments().size() == 1) {
            return truth(call, name.get(), given, false);
        }
        Expression fallback = expression(call.arguments().get(1));
        return switch (fallback) {
            case Expression.BooleanLiteral literal -> truth(call, name.get(), given, literal.value());
            case Expression.StringLiteral literal ->
                new Expression.StringLiteral(call.span(), given == null ? literal.value() : given);
            default -> number(call, name.get(), given, fallback);
        };
    }

    private Expression truth(Expression.Call call, String name, @Nullable String given, boolean fallback) {
        if (given == null) {
            return new Expression.BooleanLiteral(call.span(), fallback);
        }
        boolean yes = List.of("", "1", "true").contains(given);
        if (!yes && !List.of("0", "false").contains(given)) {
            diagnostics.error(
                    call.span(),
                    "Invalid value for named parameter '" + name + "': '" + given + "', expected a boolean");
        }
        return new Expression.BooleanLiteral(call.span(), yes);
    }

    private Expression number(Expression.Call call, String name, @Nullable String given, Expression fallback) {
        OptionalLong constant = Constants.number(fallback);
        if (constant.isEmpty()) {
            diagnostics.error(
                    call.span(),
                    "Second argument to 'getopt' must be a string literal, integer literal, or a boolean literal.");
            return fallback;
        }
        if (given == null) {
            return fallback;
        }
        boolean negative = given.startsWith("-");
        OptionalLong number = IntegerScanner.whole(negative ? given.substring(1) : given);
        if (number.isEmpty()) {
            diagnostics.error(
                    call.span(),
                    "Invalid value for named parameter '" + name + "': '" + given + "', expected a number");
            return fallback;
        }
        return new Expression.IntegerLiteral(call.span(), negative ? -number.getAsLong() : number.getAsLong(), false);
    }
}
