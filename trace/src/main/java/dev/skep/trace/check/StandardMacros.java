package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.tree.UnaryOperator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts what they stand for in the places of functions that are made of others: {@code assert}, {@code static_assert}, {@code ppid},
 * {@code pcomm}, {@code config}; and takes the prefix from builtins in bpftrace's internal spelling ({@code __builtin_cpu}).
 */
final class StandardMacros extends Rewriter {
    private static final String INTERNAL = "__builtin_";

    private final Settings settings;
    private final OptionalInt child;

    /** @param child the process that {@code -c} has started */
    StandardMacros(Settings settings, OptionalInt child) {
        this.settings = settings;
        this.child = child;
    }

    @Override
    public Statement statement(Statement statement) {
        if (statement instanceof Statement.Evaluate(Span span, Expression.Call call)
                && call.arguments().size() == 2) {
            Expression failed = new Expression.Unary(
                    call.arguments().getFirst().span(),
                    UnaryOperator.NOT,
                    expression(call.arguments().getFirst()));
            Expression message = expression(call.arguments().get(1));
            if (call.name().equals("assert")) {
                Expression format = new Expression.StringLiteral(message.span(), "assert failed: %s");
                return when(call, false, failed, List.of(call(call, "errorf", format, message), exit(call)));
            }
            if (call.name().equals("static_assert")) {
                Expression known = new Expression.CompileTime(failed.span(), failed);
                return when(call, true, known, List.of(call(call, "fail", message)));
            }
        }
        return super.statement(statement);
    }

    private static Statement when(
            Expression.Call call, boolean known, Expression failed, List<Statement> consequences) {
        Span span = call.span();
        return new Statement.If(span, known, failed, new Statement.Block(span, consequences), Optional.empty());
    }

    private static Statement exit(Expression.Call place) {
        return call(place, "exit", new Expression.IntegerLiteral(place.span(), 1, false));
    }

    private static Statement call(Expression.Call place, String name, Expression... arguments) {
        return new Statement.Evaluate(
                place.span(), new Expression.Call(place.span(), name, place.nameSpan(), List.of(arguments)));
    }

    @Override
    public Expression expression(Expression expression) {
        return switch (expression) {
            case Expression.Call call -> plain(call);
            case Expression.Identifier(Span span, String name)
            when name.equals("config") -> SettingsRecord.of(settings, span);
            case Expression.Identifier(Span span, String name)
            when name.equals(INTERNAL + "cpid") -> new Expression.IntegerLiteral(span, child.orElse(0), true);
            case Expression.Identifier(Span span, String name)
            when name.startsWith(INTERNAL) -> new Expression.Identifier(span, name.substring(INTERNAL.length()));
            case Expression.Identifier(Span span, String name)
            when isOfTask(name) -> ofTask(name, span, new Expression.Identifier(span, "curtask"));
            default -> super.expression(expression);
        };
    }

    private Expression plain(Expression.Call call) {
        if (call.name().startsWith(INTERNAL)) {
            String name = call.name().substring(INTERNAL.length());
            return expression(new Expression.Call(call.span(), name, call.nameSpan(), call.arguments()));
        }
        if (call.name().equals("config") && call.arguments().isEmpty()) {
            return SettingsRecord.of(settings, call.span());
        }
        if (isOfTask(call.name()) && call.arguments().size() < 2) {
            Expression task = call.arguments().isEmpty()
                    ? new Expression.Identifier(call.span(), "curtask")
                    : expression(call.arguments().getFirst());
            return ofTask(call.name(), call.span(), task);
        }
        return super.expression(call);
    }

    private static boolean isOfTask(String name) {
        return name.equals("ppid") || name.equals("pcomm");
    }

    /** What a task's parent or first thread says (struct task_struct of linux/sched.h). */
    private static Expression ofTask(String name, Span span, Expression task) {
        return name.equals("ppid")
                ? field(span, field(span, task, "real_parent"), "tgid")
                : field(span, field(span, task, "group_leader"), "comm");
    }

    private static Expression field(Span span, Expression object, String name) {
        return new Expression.FieldAccess(span, object, name, span);
    }
}
