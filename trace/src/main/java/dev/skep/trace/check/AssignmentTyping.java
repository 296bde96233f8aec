package dev.skep.trace.check;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.tree.TypeName;
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
                TraceType key = expressions.key(element.key());
                if (!(key instanceof TraceType.Nothing)) {
                    context.maps()
                            .useKey(element.map().name(), key, element.key().span());
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
        Local local = local(variable, Local.Origin.LOOP);
        local.widen(type);
        context.program().setType(variable, type);
    }

    void let(Statement.Let let) {
        String name = let.variable().name();
        context.scopes().visible(name).ifPresent(before -> reportSecond(let, before));
        Optional<TraceType> value = let.value().map(expressions::type);
        Local local = local(let.variable(), let.type().isPresent() ? Local.Origin.TYPED : Local.Origin.LET);
        let.type().ifPresent(type -> declare(let, local, expressions.typeNames().resolve(type)));
        if (value.isPresent() && canHold(let, let.value().orElseThrow(), value.get())) {
            widen(local, value.get(), let);
        }
        context.program().setType(let.variable(), local.type());
    }

    private void reportSecond(Statement.Let let, Local before) {
        String name = "$" + before.name();
        context.report()
                .error(
                        let.span(),
                        before.isImplicit()
                                ? "Variable declarations need to occur before variable usage or assignment. Variable: "
                                        + name
                                : "Variable " + name + " was already declared. Variable shadowing is not allowed.");
    }

    private void declare(Statement.Let let, Local local, TraceType type) {
        boolean isVoid = let.type().orElseThrow() instanceof TypeName.Named && type instanceof TraceType.Nothing;
        if (type instanceof TraceType.Aggregation || isVoid) {
            context.report()
                    .error(
                            let.span(),
                            "Invalid variable declaration type: "
                                    + let.type().orElseThrow().span().text());
        }
        local.widen(type);
    }

    /** Whether a variable can have such a value; if not, that is reported. */
    private boolean canHold(Statement statement, Expression value, TraceType type) {
        if (Effects.hasNoValue(value)) {
            context.report().error(statement.span(), "Invalid expression for assignment: void");
            return false;
        }
        if (ExpressionTyping.isManyValued(type)) {
            context.report()
                    .error(
                            statement.span(),
                            "Value '" + TypeText.of(type) + "' cannot be assigned to a scratch variable.");
            return false;
        }
        return true;
    }

    private Local local(Expression.Variable variable, Local.Origin origin) {
        Local local = context.program().knows(variable)
                ? context.program().local(variable)
                : new Local(variable.name(), origin);
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
        Local local = known.orElseGet(() -> local(variable, Local.Origin.ASSIGNMENT));
        context.program().setLocal(variable, local);
        if (!canHold(assign, assign.value(), value)) {
            return;
        }
        TraceType assigned = assign.operator().isPresent() ? computed(assign, local.type(), value) : value;
        widen(local, assigned, assign);
        context.program().setType(variable, local.type());
    }

    /** What {@code target operator= value} makes. */
    private TraceType computed(Statement.Assign assign, TraceType target, TraceType value) {
        BinaryOperator operator = assign.operator().orElseThrow();
        if (ExpressionTyping.isInteger(target) && ExpressionTyping.isInteger(value)) {
            return target instanceof TraceType.Number ? Promotion.computed(operator, target, value) : target;
        }
        boolean moves = target instanceof TraceType.Pointer
                && ExpressionTyping.isInteger(value)
                && (operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT);
        if (!moves && !(target instanceof TraceType.Nothing) && !(value instanceof TraceType.Nothing)) {
            context.report()
                    .error(
                            assign.span(),
                            "The " + operator.symbol()
                                    + " operator can not be used on expressions of types '" + TypeText.of(target)
                                    + "', '"
                                    + TypeText.of(value) + "'");
        }
        return target;
    }

    private void widen(Local local, TraceType assigned, Statement statement) {
        TraceType value = assigned.asNumber();
        Optional<TraceType> joined = Promotion.join(local.type(), value);
        boolean fits = joined.isPresent()
                && (!local.isDeclared()
                        || (joined.get().equals(local.type()) && !Promotion.losesValues(local.type(), value)));
        if (local.isDeclared() && isConverted(local.type(), value, statement)) {
            return;
        }
        if (fits) {
            warnOfSigns(statement.span(), local.type(), value);
            local.widen(joined.get());
        } else if (value instanceof TraceType.Truth || !constantFits(statement, local.type())) {
            context.report()
                    .error(
                            statement.span(),
                            "Type mismatch for $" + local.name() + ": trying to assign value of type '"
                                    + TypeText.of(value) + "' when variable already has a type '"
                                    + TypeText.of(local.type()) + "'");
        }
    }

    /**
     * Variables with a type of their own take of other numbers what they have room for, and the address of whatever it is; of literals,
     * which have no type yet, all.
     */
    private static boolean isConverted(TraceType declared, TraceType value, Statement statement) {
        boolean isLiteral = value(statement)
                .map(Constants::number)
                .orElse(OptionalLong.empty())
                .isPresent();
        return (declared instanceof TraceType.Number && value instanceof TraceType.Number && !isLiteral)
                || (declared instanceof TraceType.Pointer && value instanceof TraceType.Pointer);
    }

    private void warnOfSigns(Span span, TraceType present, TraceType value) {
        if (Promotion.losesValues(present, value)) {
            context.report().warning(span, BinaryTyping.signedCast(ExpressionTyping.U64));
        }
    }

    /** A constant that the type can hold does, whatever its own smallest type is. */
    private static boolean constantFits(Statement statement, TraceType type) {
        OptionalLong constant = value(statement).map(Constants::number).orElse(OptionalLong.empty());
        boolean above = value(statement).map(Constants::isUnsigned).orElse(false);
        return holds(type, constant) && !(above && ExpressionTyping.isSigned(type) && constant.getAsLong() < 0);
    }

    /** Whether a type has room for a number that is known. */
    static boolean holds(TraceType type, OptionalLong constant) {
        if (constant.isEmpty() || !(type instanceof TraceType.Number(int size, boolean signed, int _))) {
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
        if (Effects.hasNoValue(assign.value())) {
            context.report().error(assign.span(), "Invalid expression for assignment: void");
            return;
        }
        if (assign.operator().isPresent() && present instanceof TraceType.Aggregation) {
            TraceType number = computed(assign, present.asNumber(), value);
            reportMismatch(assign.span(), name, number, present);
            return;
        }
        if (assign.operator().isPresent()) {
            TraceType start = present instanceof TraceType.Nothing ? numberOf(value) : present;
            context.maps().useValue(name, computed(assign, start, value));
            return;
        }
        if (value instanceof TraceType.Aggregation aggregation
                && (!ExpressionTyping.isInteger(value) || present instanceof TraceType.Nothing)) {
            reportCopy(assign, aggregation, name);
            return;
        }
        warnOfSigns(assign.span(), present, value.asNumber());
        if (!context.maps().useValue(name, value.asNumber()) && !constantFits(assign, present)) {
            reportMismatch(assign.span(), name, value, present);
        }
        context.maps().checkKind(name, assign.target().span());
    }

    private void reportCopy(Statement.Assign assign, TraceType.Aggregation value, String name) {
        String message = "Map value '" + TypeText.of(value)
                + "' cannot be assigned from one map to another. The function that returns this type must be called"
                + " directly e.g. `@" + name + " = " + TypeText.example(value) + ";`.";
        String hint = "Add a cast to integer if you want the value of the aggregate, e.g. `@" + name + " = (int64)"
                + assign.value().span().text() + ";`.";
        context.report()
                .error(assign.span(), message, ExpressionTyping.isInteger(value) ? new String[] {hint} : new String[0]);
    }

    private static TraceType numberOf(TraceType value) {
        return value instanceof TraceType.Aggregation && ExpressionTyping.isInteger(value) ? value.asNumber() : value;
    }

    private void reportMismatch(Span span, String name, TraceType value, TraceType present) {
        context.report()
                .error(
                        span,
                        "Type mismatch for @" + name + ": trying to assign value of type '" + TypeText.of(value)
                                + "' when map already has a type '" + TypeText.of(present) + "'");
    }

    private void aggregate(Statement.Assign assign, Expression.Call call, String name) {
        List<TraceType> arguments =
                call.arguments().stream().map(expressions::type).toList();
        Optional<TraceType> type = new AggregationTyping(context).type(call, arguments);
        type.ifPresent(aggregation -> {
            context.program().setType(call, aggregation);
            TraceType present = context.maps().value(name);
            if (!context.maps().useValue(name, aggregation)) {
                reportMismatch(call.span(), name, aggregation, present);
            } else if (!arguments.isEmpty()) {
                TraceType before = context.maps().argument(name);
                if (!context.maps().useArgument(name, arguments.getFirst().asNumber())) {
                    reportMismatch(call.span(), name, arguments.getFirst(), before);
                }
            }
            context.maps().checkKind(name, assign.target().span());
        });
    }
}
