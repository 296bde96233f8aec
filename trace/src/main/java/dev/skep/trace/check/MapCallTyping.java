package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;

/** Finds the types of calls whose first argument may be all of a map. */
final class MapCallTyping {
    private final TypingContext context;
    private final ExpressionTyping expressions;

    MapCallTyping(TypingContext context, ExpressionTyping expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    TraceType type(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        Expression first = arguments.getFirst();
        return switch (call.name()) {
            case "print" -> {
                print(call);
                yield ExpressionTyping.NOTHING;
            }
            case "clear", "zero" -> {
                wholeMap(call, first);
                yield ExpressionTyping.NOTHING;
            }
            case "delete" -> delete(call);
            case "has_key" -> {
                if (first instanceof Expression.MapName map) {
                    useKey(map, arguments.get(1));
                } else {
                    wholeMap(call, first);
                }
                yield ExpressionTyping.TRUTH;
            }
            case "find" -> find(call, first);
            case "is_scalar" -> isScalar(call, first);
            default -> length(call, first);
        };
    }

    private TraceType length(Expression.Call call, Expression first) {
        boolean isMap = first instanceof Expression.MapName;
        if (first instanceof Expression.MapName map
                && context.maps().isKeyed(map.name()).equals(Optional.of(false))) {
            context.report().error(call.span(), "call to len() expects a map with explicit keys (non-scalar map)");
        } else if (isMap) {
            wholeMap(call, first);
        } else if (!(expressions.type(first) instanceof TraceType.Stack)) {
            context.report().error(call.span(), "call to len() expects a map, ustack, or kstack");
        }
        return ExpressionTyping.I64;
    }

    private TraceType isScalar(Expression.Call call, Expression first) {
        if (first instanceof Expression.MapName map) {
            wholeMap(call, first);
            boolean keyed = context.maps().isKeyed(map.name()).orElse(false);
            context.program().setConstant(call, keyed ? 0 : 1);
        } else {
            context.report().error(first.span(), "is_scalar() expects a map argument");
        }
        return ExpressionTyping.TRUTH;
    }

    /** {@code find(@map, key, $value)}: the variable becomes what the map has. */
    private TraceType find(Expression.Call call, Expression first) {
        Expression result = call.arguments().get(2);
        TraceType before = expressions.type(result);
        if (!(first instanceof Expression.MapName map)) {
            wholeMap(call, first);
            return ExpressionTyping.TRUTH;
        }
        useKey(map, call.arguments().get(1));
        if (!(result instanceof Expression.Variable variable)) {
            context.report().error(result.span(), "find() expects a variable for what is found");
            return ExpressionTyping.TRUTH;
        }
        context.scopes().find(variable.name()).ifPresent(local -> {
            TraceType value = context.maps().value(map.name()).asNumber();
            Optional<TraceType> joined = Promotion.join(local.type(), value);
            if (joined.isEmpty() || (local.isDeclared() && !joined.get().equals(before))) {
                context.report()
                        .error(
                                call.span(),
                                "Type mismatch for $" + variable.name() + ": trying to assign value of type '"
                                        + TypeText.of(value) + "' when variable already has a type '"
                                        + TypeText.of(before) + "'");
            } else {
                local.widen(joined.get());
            }
        });
        return ExpressionTyping.TRUTH;
    }

    private void print(Expression.Call call) {
        Expression first = call.arguments().getFirst();
        call.arguments().stream().skip(1).forEach(number -> {
            expressions.type(number);
            if (Constants.number(number).isEmpty()) {
                context.report().error(number.span(), "print() expects an integer literal");
            }
        });
        if (first instanceof Expression.MapName map) {
            wholeMap(call, first);
            warnOfMap(call, map);
            return;
        }
        TraceType type = expressions.type(first);
        if (ExpressionTyping.isManyValued(type)) {
            context.report()
                    .error(
                            call.span(),
                            "Map type " + TypeText.of(type)
                                    + " cannot print the value of individual keys. You must print the whole map.");
        } else if (call.arguments().size() > 1) {
            context.report()
                    .error(
                            call.span(),
                            "Non-map print() only takes 1 argument, "
                                    + call.arguments().size() + " found");
        }
        if (type instanceof TraceType.Nothing) {
            context.report().error(call.span(), "none type passed to print() is not printable");
        }
    }

    private void warnOfMap(Expression.Call call, Expression.MapName map) {
        if (context.scopes().isRepeated()) {
            context.report()
                    .warning(
                            call.span(),
                            "Due to it's asynchronous nature using 'print()' in a loop can lead to unexpected behavior."
                                    + " The map will likely be updated before the runtime can 'print' it.");
        }
        if (call.arguments().size() > 1
                && context.maps().value(map.name()) instanceof TraceType.Average average
                && average.all()) {
            context.report()
                    .warning(call.span(), "print()'s top and div arguments are ignored when used on stats() maps.");
        }
    }

    private void wholeMap(Expression.Call call, Expression argument) {
        if (!(argument instanceof Expression.MapName map)) {
            context.report().error(argument.span(), call.name() + "() expects a map argument");
            return;
        }
        if (!context.maps().isDefined(map.name())) {
            context.report().error(map.span(), "Undefined map: @" + map.name());
        }
    }

    private TraceType delete(Expression.Call call) {
        Expression first = call.arguments().getFirst();
        if (call.arguments().size() == 2
                && first instanceof Expression.MapName scalar
                && !context.maps().isKeyed(scalar.name()).orElse(true)) {
            context.report()
                    .error(
                            call.span(),
                            "call to delete() with two arguments expects a map with explicit keys (non-scalar map)");
        } else if (call.arguments().size() == 2 && first instanceof Expression.MapName map) {
            useKey(map, call.arguments().get(1));
        } else if (call.arguments().size() == 1 && first instanceof Expression.MapElement element) {
            useKey(element.map(), element.key());
        } else {
            wholeMap(call, first);
            if (first instanceof Expression.MapName map
                    && context.maps().isKeyed(map.name()).orElse(false)) {
                context.report()
                        .error(call.span(), "call to delete() expects a map without explicit keys (scalar map)");
            }
        }
        return ExpressionTyping.TRUTH;
    }

    private void useKey(Expression.MapName map, Expression key) {
        TraceType type = expressions.key(key);
        if (!context.maps().isDefined(map.name())) {
            context.report().error(map.span(), "Undefined map: @" + map.name());
        }
        if (!(type instanceof TraceType.Nothing)) {
            context.maps().useKey(map.name(), type, key.span());
        }
    }
}
