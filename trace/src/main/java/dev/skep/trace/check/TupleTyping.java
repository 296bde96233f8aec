package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types of tuples and records. */
final class TupleTyping {
    private final TypingContext context;
    private final ExpressionTyping expressions;

    TupleTyping(TypingContext context, ExpressionTyping expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    TraceType tuple(Expression.Tuple tuple) {
        List<TraceType.Named> members = new ArrayList<>();
        boolean known = true;
        for (Expression element : tuple.elements()) {
            TraceType type = asNumber(member(element, "tuple"));
            known &= !(type instanceof TraceType.Nothing);
            members.add(new TraceType.Named(Optional.empty(), type));
        }
        return known ? TraceType.Tuple.of(members) : ExpressionTyping.NOTHING;
    }

    /** What an aggregation is when it is read: what all CPUs have, put together. */
    private static TraceType asNumber(TraceType type) {
        return switch (type) {
            case TraceType.Average average when !average.all() -> new TraceType.Number(Long.BYTES, average.signed());
            case TraceType.Extreme extreme -> new TraceType.Number(Long.BYTES, extreme.signed());
            default -> type;
        };
    }

    TraceType record(Expression.Record record) {
        List<TraceType.Named> members = new ArrayList<>();
        boolean known = true;
        for (Expression.Field field : record.fields()) {
            TraceType type = member(field.value(), "record");
            known &= !(type instanceof TraceType.Nothing);
            members.add(new TraceType.Named(Optional.of(field.name()), type));
        }
        return known ? TraceType.Tuple.of(members) : ExpressionTyping.NOTHING;
    }

    /** The type of a part of a tuple or record. */
    private TraceType member(Expression expression, String whole) {
        TraceType type = expressions.type(expression);
        if (ExpressionTyping.isManyValued(type)) {
            context.report()
                    .error(
                            expression.span(),
                            "Map type " + TypeText.of(type) + " cannot exist inside a " + whole + ".");
        }
        if (Effects.hasNoValue(expression)) {
            context.report().error(expression.span(), "A value of type void cannot exist inside a " + whole + ".");
        }
        return ExpressionTyping.isManyValued(type) ? ExpressionTyping.NOTHING : type;
    }
}
