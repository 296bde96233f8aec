package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import dev.skep.trace.check.Constants;
import dev.skep.trace.plan.Action;
import dev.skep.trace.tree.Expression;
import java.util.List;

/** Calls that ask the tracer to do something, by an event. */
final class ActionCode {
    private static final String DEFAULT_TIME = "%H:%M:%S\n";

    private final Program program;
    private final ExpressionCode expressions;
    private final EventCode events;

    ActionCode(Program program, ExpressionCode expressions, EventCode events) {
        this.program = program;
        this.expressions = expressions;
        this.events = events;
    }

    void perform(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        List<Expression> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        switch (call.name()) {
            case "printf" -> events.send(rest, values -> new Action.Print(CallCode.formatted(call, values)));
            case "errorf" ->
                events.send(
                        rest,
                        values -> new Action.Complain(
                                CallCode.formatted(call, values), Action.Complaint.ERROR, call.span()));
            case "warnf" ->
                events.send(
                        rest,
                        values -> new Action.Complain(
                                CallCode.formatted(call, values), Action.Complaint.WARNING, call.span()));
            case "system" -> events.send(rest, values -> new Action.RunCommand(CallCode.formatted(call, values)));
            case "cat" -> events.send(rest, values -> new Action.ShowFile(CallCode.formatted(call, values)));
            case "print" -> print(call);
            case "clear" -> events.send(new Action.ClearMap(mapName(arguments.getFirst())));
            case "zero" -> events.send(new Action.ZeroMap(mapName(arguments.getFirst())));
            case "time" ->
                events.send(new Action.PrintTime(
                        arguments.isEmpty()
                                ? DEFAULT_TIME
                                : Constants.text(arguments.getFirst()).orElse(DEFAULT_TIME)));
            case "unwatch" -> events.send(new Action.Unwatch(), expressions.scalar(arguments.getFirst()));
            case "exit" -> {
                Value code = arguments.isEmpty() ? Emit.ZERO : expressions.scalar(arguments.getFirst());
                askForEnd(code);
                events.send(new Action.Exit(), code);
                program.exits().end(program.emit());
            }
            case "join" -> new JoinCode(program, expressions, events).join(call);
            default -> throw new Unsupported(call.span());
        }
    }

    /** The event says when; if it finds no room, there is still this. */
    private void askForEnd(Value code) {
        Emit emit = program.emit();
        Value word = emit.binary(BinaryOperator.OR, emit.extend(code, 4, false), Constant.of(1L << 32));
        emit.store(program.unit().globals().exit(emit), 0, 8, word);
    }

    private static String mapName(Expression expression) {
        return ((Expression.MapName) expression).name();
    }

    private void print(Expression.Call call) {
        Expression first = call.arguments().getFirst();
        if (first instanceof Expression.MapName map) {
            printMap(call, map.name());
        } else {
            events.send(List.of(first), values -> new Action.PrintValue(values.getFirst()));
        }
    }

    private void printMap(Expression.Call call, String name) {
        // Fewer than none are all.
        events.send(new Action.PrintMap(name, Math.max(0, number(call, 1)), number(call, 2)));
    }

    private static long number(Expression.Call call, int index) {
        return index < call.arguments().size()
                ? Constants.number(call.arguments().get(index)).orElse(0)
                : 0;
    }
}
