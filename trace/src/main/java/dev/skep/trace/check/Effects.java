package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;

/** Tells which expressions are there for what they do alone: they have no value ({@code void}). */
final class Effects {
    private Effects() {}

    static boolean hasNoValue(Expression expression) {
        return switch (expression) {
            case Expression.Call call -> Functions.ACTIONS.contains(call.name());
            case Expression.Conditional choice -> hasNoValue(choice.whenTrue()) || hasNoValue(choice.whenFalse());
            case Expression.IfExpression choice ->
                hasNoValue(choice.whenTrue())
                        || choice.whenFalse().map(Effects::hasNoValue).orElse(true);
            case Expression.BlockExpression block -> hasNoValue(block.result());
            case Expression.CompileTime compileTime -> hasNoValue(compileTime.expression());
            default -> false;
        };
    }

    /** Whether something is done, so that nobody minds if the value is not used. */
    static boolean hasEffect(Expression expression) {
        return switch (expression) {
            case Expression.Step step -> true;
            case Expression.Call call ->
                Functions.ACTIONS.contains(call.name()) || Functions.CHANGES.contains(call.name());
            case Expression.Conditional choice -> hasEffect(choice.whenTrue()) || hasEffect(choice.whenFalse());
            case Expression.IfExpression choice ->
                hasEffect(choice.whenTrue())
                        || choice.whenFalse().map(Effects::hasEffect).orElse(true);
            case Expression.BlockExpression block -> hasEffect(block.result());
            default -> false;
        };
    }
}
