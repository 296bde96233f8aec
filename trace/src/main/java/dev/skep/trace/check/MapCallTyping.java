package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.List;

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
            default -> {
                if (!(first instanceof Expression.MapName) && !(expressions.type(first) instanceof TraceType.Stack)) {
                    context.report().error(call.span(), "len() expects a map or stack to be provided");
                } else if (first instanceof Expression.MapName) {
                    wholeMap(call, first);
                }
                yield ExpressionTyping.I64;
            }
        };
    }

    private void print(Expression.Call call) {
        Expression first = call.arguments().getFirst();
        call.arguments().stream().skip(1).forEach(number -> {
            expressions.type(number);
            if (Constants.number(number).isEmpty()) {
                context.report().error(number.span(), "print() expects an integer literal");
            }
        });
        if (first instanceof Expression.MapName) {
            wholeMap(call, first);
            return;
        }
        TraceType type = expressions.type(first);
        if (call.arguments().size() > 1) {
            context.report()
                    .error(
                            call.span(),
                            "Only one argument can be provided for non-map parameters to print(), or for elements of"
                                    + " maps");
        }
        if (type instanceof TraceType.Nothing) {
            context.report().error(call.span(), "none type passed to print() is not printable");
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
        if (call.arguments().size() == 2 && first instanceof Expression.MapName map) {
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
        TraceType type = expressions.type(key);
        if (!context.maps().isDefined(map.name())) {
            context.report().error(map.span(), "Undefined map: @" + map.name());
        }
        if (!(type instanceof TraceType.Nothing)) {
            context.maps().useKey(map.name(), type, key.span());
        }
    }
}
