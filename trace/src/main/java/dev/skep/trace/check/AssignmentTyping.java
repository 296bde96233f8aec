package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the types of variables and maps from what is assigned to them. */
final class AssignmentTyping {
    private final TypingContext context;
    private final ExpressionTyping expressions;

    AssignmentTyping(TypingContext context, ExpressionTyping expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    void assign(Statement.Assign assign) {
        switch (assign.target()) {
            case Expression.Variable variable -> toVariable(assign, variable);
            case Expression.MapName map -> {
                context.maps().useWithoutKey(map.name(), map.span());
                toMap(assign, map.name());
            }
            case Expression.MapElement element -> {
                TraceType key = expressions.type(element.key());
                if (!(key instanceof TraceType.Nothing)) {
                    context.maps().useKey(element.map().name(), key, element.span());
                }
                toMap(assign, element.map().name());
            }
            default -> {
                expressions.type(assign.value());
                context.report().error(assign.span(), "Only variables and maps can be assigned to");
            }
        }
    }

    /** A variable of a loop. */
    void declare(Expression.Variable variable, TraceType type) {
        Local local = local(variable, false);
        local.widen(type);
        context.program().setType(variable, type);
    }

    void let(Statement.Let let) {
        if (context.scopes().declaresHere(let.variable().name())) {
            context.report()
                    .error(
                            let.span(),
                            "Variable $" + let.variable().name()
                                    + " was already declared. Variable shadowing is not allowed.");
        }
        Optional<TraceType> value = let.value().map(expressions::type);
        Local local = local(let.variable(), let.type().isPresent());
        let.type().ifPresent(name -> local.widen(expressions.typeNames().resolve(name)));
        value.ifPresent(type -> widen(local, type, let));
        context.program().setType(let.variable(), local.type());
    }

    private Local local(Expression.Variable variable, boolean declared) {
        Local local = context.program().knows(variable)
                ? context.program().local(variable)
                : new Local(variable.name(), declared);
        context.program().setLocal(variable, local);
        context.scopes().declare(local);
        return local;
    }

    private void toVariable(Statement.Assign assign, Expression.Variable variable) {
        TraceType value = expressions.type(assign.value());
        Optional<Local> known = context.scopes().find(variable.name());
        if (known.isEmpty() && assign.operator().isPresent()) {
            context.report().error(variable.span(), "Undefined or undeclared variable: $" + variable.name());
        }
        Local local = known.orElseGet(() -> local(variable, false));
        context.program().setLocal(variable, local);
        if (value instanceof TraceType.Aggregation aggregation && !ExpressionTyping.isInteger(aggregation)) {
            context.report()
                    .error(
                            assign.span(),
                            "Value '" + TypeText.of(value) + "' cannot be assigned to a scratch variable.");
            return;
        }
        TraceType assigned = assign.operator().isPresent() ? computed(assign, local.type(), value) : value;
        widen(local, assigned, assign);
        context.program().setType(variable, local.type());
    }

    /** What {@code target operator= value} makes. */
    private TraceType computed(Statement.Assign assign, TraceType target, TraceType value) {
        if (ExpressionTyping.isInteger(target) && ExpressionTyping.isInteger(value)) {
            boolean signed = ExpressionTyping.isSigned(target);
            return target instanceof TraceType.Number ? new TraceType.Number(8, signed) : target;
        }
        boolean moves = target instanceof TraceType.Pointer && ExpressionTyping.isInteger(value);
        if (!moves && !(target instanceof TraceType.Nothing) && !(value instanceof TraceType.Nothing)) {
            context.report()
                    .error(
                            assign.span(),
                            "The " + assign.operator().orElseThrow().symbol()
                                    + " operator can not be used on expressions of types '" + TypeText.of(target)
                                    + "', '"
                                    + TypeText.of(value) + "'");
        }
        return target;
    }

    private void widen(Local local, TraceType assigned, Statement statement) {
        TraceType value = asNumber(assigned);
        Optional<TraceType> joined = Promotion.join(local.type(), value);
        boolean fits =
                joined.isPresent() && (!local.isDeclared() || joined.get().equals(local.type()));
        if (fits) {
            local.widen(joined.get());
        } else if (!constantFits(statement, local.type())) {
            context.report()
                    .error(
                            statement.span(),
                            "Type mismatch for $" + local.name() + ": trying to assign value of type '"
                                    + TypeText.of(value) + "' when variable already has a type '"
                                    + TypeText.of(local.type()) + "'");
        }
    }

    /** Variables hold the number of what is counted, not all it is made of. */
    static TraceType asNumber(TraceType type) {
        return type instanceof TraceType.Aggregation && ExpressionTyping.isInteger(type)
                ? new TraceType.Number(8, ExpressionTyping.isSigned(type))
                : type;
    }

    /** A constant that the type can hold does, whatever its own smallest type is. */
    private static boolean constantFits(Statement statement, TraceType type) {
        OptionalLong constant = value(statement).map(Constants::number).orElse(OptionalLong.empty());
        if (constant.isEmpty() || !(type instanceof TraceType.Number(int size, boolean signed))) {
            return false;
        }
        long value = constant.getAsLong();
        int bits = 8 * size;
        return bits == 64
                ? signed || value >= 0
                : signed ? value >= -(1L << (bits - 1)) && value < 1L << (bits - 1) : value >= 0 && value < 1L << bits;
    }

    private static Optional<Expression> value(Statement statement) {
        return switch (statement) {
            case Statement.Assign assign -> Optional.of(assign.value());
            case Statement.Let let -> let.value();
            default -> Optional.empty();
        };
    }

    private void toMap(Statement.Assign assign, String name) {
        if (assign.value() instanceof Expression.Call call && Functions.AGGREGATIONS.contains(call.name())) {
            aggregate(assign, call, name);
            return;
        }
        TraceType value = expressions.type(assign.value());
        TraceType present = context.maps().value(name);
        if (assign.operator().isPresent()) {
            TraceType start = present instanceof TraceType.Nothing ? numberOf(value) : present;
            context.maps().useValue(name, computed(assign, start, value));
            return;
        }
        if (value instanceof TraceType.Aggregation
                && (!ExpressionTyping.isInteger(value) || present instanceof TraceType.Nothing)) {
            context.report()
                    .error(
                            assign.value().span(),
                            "Map value '" + TypeText.of(value) + "' cannot be assigned from one map to another.",
                            ExpressionTyping.isInteger(value)
                                    ? new String[] {"Add a cast to integer if you want the value of the aggregate."}
                                    : new String[0]);
            return;
        }
        if (!context.maps().useValue(name, asNumber(value)) && !constantFits(assign, present)) {
            reportMismatch(assign, name, value, present);
        }
    }

    private static TraceType numberOf(TraceType value) {
        return ExpressionTyping.isInteger(value) ? new TraceType.Number(8, ExpressionTyping.isSigned(value)) : value;
    }

    private void reportMismatch(Statement.Assign assign, String name, TraceType value, TraceType present) {
        context.report()
                .error(
                        assign.span(),
                        "Type mismatch for @" + name + ": trying to assign value of type '" + TypeText.of(value)
                                + "' when map already has a value type '" + TypeText.of(present) + "'");
    }

    private void aggregate(Statement.Assign assign, Expression.Call call, String name) {
        List<TraceType> arguments =
                call.arguments().stream().map(expressions::type).toList();
        Optional<TraceType> type = new AggregationTyping(context).type(call, arguments);
        type.ifPresent(aggregation -> {
            context.program().setType(call, aggregation);
            TraceType present = context.maps().value(name);
            if (!context.maps().useValue(name, aggregation)) {
                reportMismatch(assign, name, aggregation, present);
            }
        });
    }
}
