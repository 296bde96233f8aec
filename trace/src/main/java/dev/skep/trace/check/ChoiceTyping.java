package dev.skep.trace.check;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.Optional;
import java.util.OptionalLong;

/** Types of what depends on a condition, and what conditions may be. */
final class ChoiceTyping {
    private final TypingContext context;
    private final ExpressionTyping expressions;

    ChoiceTyping(TypingContext context, ExpressionTyping expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    TraceType choice(Expression.Conditional choice) {
        checkCondition(choice.condition(), expressions.type(choice.condition()));
        OptionalLong known = knownOfValue(choice.condition());
        return known.isPresent()
                ? taken(known.getAsLong() != 0, choice.whenTrue(), choice.whenFalse())
                : branches(choice.span(), choice.whenTrue(), choice.whenFalse());
    }

    TraceType ifValue(Expression.IfExpression choice) {
        checkCondition(choice.condition(), expressions.type(choice.condition()));
        OptionalLong known = knownOfValue(choice.condition());
        if (known.isPresent() && choice.whenFalse().isPresent()) {
            return taken(
                    known.getAsLong() != 0,
                    choice.whenTrue(),
                    choice.whenFalse().get());
        }
        if (choice.whenFalse().isEmpty()) {
            expressions.type(choice.whenTrue());
            return ExpressionTyping.NOTHING;
        }
        return branches(choice.span(), choice.whenTrue(), choice.whenFalse().get());
    }

    private TraceType taken(boolean first, Expression whenTrue, Expression whenFalse) {
        return expressions.type(first ? whenTrue : whenFalse);
    }

    private TraceType branches(Span span, Expression whenTrue, Expression whenFalse) {
        TraceType left = expressions.type(whenTrue);
        TraceType right = expressions.type(whenFalse);
        Optional<TraceType> joined = Promotion.join(left, right);
        if (joined.isEmpty() || Effects.hasNoValue(whenTrue) != Effects.hasNoValue(whenFalse)) {
            context.report()
                    .error(
                            span,
                            "Branches must return the same type or compatible types: have '" + text(whenTrue)
                                    + "' and '" + text(whenFalse) + "'");
        }
        if (left instanceof TraceType.Structure) {
            context.report().error(span, "Ternary return type unsupported " + TypeText.of(left));
        }
        return joined.orElse(left);
    }

    private String text(Expression expression) {
        return Effects.hasNoValue(expression)
                ? "void"
                : TypeText.of(context.program().type(expression));
    }

    /** What a condition is known to be, if the compiler has to decide it ({@code comptime}, {@code is_str}): the other branch is not looked at. */
    OptionalLong known(Expression condition) {
        return decides(condition) ? context.program().constant(condition) : OptionalLong.empty();
    }

    /** A branch of a value that is never taken may be of any type. */
    private OptionalLong knownOfValue(Expression condition) {
        OptionalLong constant = Constants.number(condition);
        return constant.isPresent() ? constant : known(condition);
    }

    private static boolean decides(Expression condition) {
        return switch (condition) {
            case Expression.CompileTime compileTime -> true;
            case Expression.Call call -> Functions.OF_TYPES.contains(call.name());
            case Expression.Unary unary -> decides(unary.operand());
            case Expression.Binary binary ->
                decides(binary.left()) || decides(binary.right()) || binary.left() instanceof Expression.TypeInfo;
            default -> false;
        };
    }

    void checkCondition(Expression condition, TraceType type) {
        boolean fits = ExpressionTyping.isInteger(type)
                || type instanceof TraceType.Truth
                || type instanceof TraceType.Pointer
                || Constants.text(condition).isPresent()
                || context.isUnknown(condition);
        if (!fits) {
            String kind = context.kindOf(condition);
            context.report().error(condition.span(), "Invalid condition: " + kind);
        }
    }
}
