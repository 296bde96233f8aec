package dev.skep.trace.check;

import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.UnaryOperator;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;

/** Types of expressions with one operand, and of steps. */
final class UnaryTyping {
    private final TypingContext context;
    private final ExpressionTyping expressions;

    UnaryTyping(TypingContext context, ExpressionTyping expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    TraceType unary(Expression.Unary unary) {
        TraceType operand = operand(unary);
        return switch (unary.operator()) {
            case NOT -> {
                checkOperand(unary, operand, ExpressionTyping.isInteger(operand) || operand instanceof TraceType.Truth);
                yield ExpressionTyping.TRUTH;
            }
            case COMPLEMENT, NEGATE -> {
                checkOperand(unary, operand, ExpressionTyping.isInteger(operand));
                yield ExpressionTyping.isSigned(operand) ? ExpressionTyping.I64 : ExpressionTyping.U64;
            }
            case DEREFERENCE -> dereference(unary, operand);
            case ADDRESS_OF -> {
                if (operand instanceof TraceType.Nothing && unary.operand() instanceof Expression.Variable variable) {
                    context.report().error(unary.span(), "No type available for variable $" + variable.name());
                }
                yield new TraceType.Pointer(operand, AddressSpace.KERNEL);
            }
        };
    }

    /** The address of a map is that of all of it, whether it has keys or not. */
    private TraceType operand(Expression.Unary unary) {
        return unary.operator() == UnaryOperator.ADDRESS_OF && unary.operand() instanceof Expression.MapName map
                ? expressions.mapValue(map.name())
                : expressions.type(unary.operand());
    }

    private void checkOperand(Expression.Unary unary, TraceType operand, boolean fits) {
        if (!fits && !(operand instanceof TraceType.Nothing)) {
            context.report()
                    .error(
                            unary.span(),
                            "The " + unary.operator().symbol() + " operator can not be used on expressions of type '"
                                    + TypeText.of(operand) + "'");
        }
    }

    private TraceType dereference(Expression.Unary unary, TraceType operand) {
        return switch (operand) {
            case TraceType.Pointer(TraceType target, AddressSpace space) -> ExpressionTyping.withSpace(target, space);
            case TraceType.Number number -> ExpressionTyping.U64;
            case TraceType.Nothing nothing -> nothing;
            default -> {
                context.report()
                        .error(
                                unary.span(),
                                "Can not dereference type '" + TypeText.of(operand) + "'. It is not a pointer.");
                yield ExpressionTyping.NOTHING;
            }
        };
    }

    TraceType step(Expression.Step step) {
        switch (step.target()) {
            case Expression.Variable variable -> {
                TraceType type = expressions.type(variable);
                if (type instanceof TraceType.Number number) {
                    Local local = context.program().local(variable);
                    if (!local.isDeclared()) {
                        local.widen(stepped(number, step.by()));
                    }
                }
            }
            case Expression.MapName map -> {
                context.maps().useWithoutKey(map.name(), map.span());
                stepMap(step, map.name());
            }
            case Expression.MapElement element -> {
                context.maps()
                        .useKey(
                                element.map().name(),
                                expressions.key(element.key()),
                                element.key().span());
                stepMap(step, element.map().name());
            }
            default ->
                context.report()
                        .error(
                                step.span(),
                                "The " + (step.by() > 0 ? "++" : "--")
                                        + " operator must be applied to a map or variable");
        }
        TraceType type = expressions.type(step.target());
        if (!ExpressionTyping.isInteger(type) && !(type instanceof TraceType.Pointer)) {
            context.report()
                    .error(
                            step.span(),
                            "The " + (step.by() > 0 ? "++" : "--")
                                    + " operator can not be used on expressions of type '" + TypeText.of(type) + "'");
        }
        return type;
    }

    /** Numbers that go up from 0 have no need of a sign, those that go down do. */
    private static TraceType stepped(TraceType.Number number, int by) {
        BinaryOperator operator = by > 0 ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
        return Promotion.join(number, Promotion.computed(operator, number, Promotion.smallest(1, false)))
                .orElse(number);
    }

    private void stepMap(Expression.Step step, String name) {
        if (context.maps().value(name) instanceof TraceType.Aggregation counted) {
            context.report()
                    .error(
                            step.span(),
                            "Type mismatch for @" + name + ": trying to assign value of type '"
                                    + TypeText.of(counted.asNumber()) + "' when map already has a type '"
                                    + TypeText.of(counted) + "'");
            return;
        }
        if (!context.maps().isDefined(name)
                || ExpressionTyping.isInteger(context.maps().value(name))) {
            context.maps().useValue(name, stepped(Promotion.smallest(0, false), step.by()));
        }
    }
}
