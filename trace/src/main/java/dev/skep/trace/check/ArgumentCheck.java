package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.Map;
import java.util.OptionalLong;

/** Checks that functions get arguments of the kinds they take (bpftrace's standard library). */
final class ArgumentCheck {
    /**
     * For each argument a letter: {@code n} a number, {@code N} one that is known and not negative, {@code s} a text, {@code S} one
     * that is known, {@code p} an address, {@code .} anything.
     */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("exit", "n"),
            Map.entry("join", ".S"),
            Map.entry("cgroupid", "S"),
            Map.entry("cgroup_path", "nS"),
            Map.entry("path", ".N"),
            Map.entry("str", ".n"),
            Map.entry("buf", ".n"),
            Map.entry("strftime", "Sn"),
            Map.entry("strncmp", "ssN"),
            Map.entry("time", "S"),
            Map.entry("unwatch", "n"),
            Map.entry("reg", "S"),
            Map.entry("kaddr", "S"),
            Map.entry("uaddr", "S"),
            Map.entry("pton", "S"),
            Map.entry("kfunc_exist", "S"),
            Map.entry("kfunc_allowed", "S"),
            Map.entry("percpu_kaddr", "Sn"),
            Map.entry("skboutput", "Spnn"),
            Map.entry("signal_name", "n"),
            Map.entry("str_concat", "ss"),
            Map.entry("strstr", "tt"),
            Map.entry("strcontains", "tt"),
            Map.entry("socket_cookie", "p"),
            Map.entry("override", "n"));

    private final TypingContext context;

    ArgumentCheck(TypingContext context) {
        this.context = context;
    }

    /** @return false if an argument is of another kind, which is reported */
    boolean check(Expression.Call call) {
        String kinds = KINDS.getOrDefault(call.name(), "");
        for (int i = 0; i < Math.min(kinds.length(), call.arguments().size()); i++) {
            if (!check(call, call.arguments().get(i), kinds.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean check(Expression.Call call, Expression argument, char kind) {
        TraceType type = context.program().type(argument);
        return kind == '.'
                || context.isUnknown(argument)
                || switch (kind) {
                    case 'n' -> has(call, argument, BinaryTyping.isNumber(type), "int");
                    case 's' -> has(call, argument, type instanceof TraceType.Text, "string");
                    case 't' -> has(call, argument, isTextual(type), "string");
                    case 'p' -> has(call, argument, type instanceof TraceType.Pointer, "pointer");
                    case 'S' ->
                        isLiteral(call, argument, Constants.text(argument).isPresent(), "string");
                    default -> number(call, argument);
                };
    }

    private static boolean isTextual(TraceType type) {
        return type instanceof TraceType.Text || type instanceof TraceType.Array || type instanceof TraceType.Pointer;
    }

    private boolean has(Expression.Call call, Expression argument, boolean fits, String wanted) {
        if (!fits) {
            context.report()
                    .error(
                            call.span(),
                            call.name() + "() only supports " + wanted + " arguments (" + context.kindOf(argument)
                                    + " provided)");
        }
        return fits;
    }

    private boolean isLiteral(Expression.Call call, Expression argument, boolean fits, String wanted) {
        if (!fits) {
            context.report()
                    .error(
                            call.span(),
                            call.name() + "() expects a " + wanted + " literal (" + context.kindOf(argument)
                                    + " provided)");
        }
        return fits;
    }

    private boolean number(Expression.Call call, Expression argument) {
        OptionalLong value = context.program().constant(argument);
        if (!isLiteral(call, argument, value.isPresent(), "int")) {
            return false;
        }
        if (value.getAsLong() < 0) {
            context.report().error(call.span(), call.name() + ": invalid value, need non-negative literal");
        }
        return value.getAsLong() >= 0;
    }
}
