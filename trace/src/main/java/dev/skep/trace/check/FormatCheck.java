package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the arguments of {@code printf} and its relatives against the format. */
final class FormatCheck {
    /** A conversion: flags, width, precision, length, and what it shows. */
    static final Pattern CONVERSION =
            Pattern.compile("%(?:%|[-+ #0]*\\d*(?:\\.\\d+)?(?:hh|h|ll|l|j|z|t)?(rh|rx|r|gr|[a-zA-Z]))");

    private static final Set<String> OF_KERNEL = Set.of("d", "u", "x", "p", "s");
    private static final int MOST_OF_KERNEL = 3;

    private final TypingContext context;

    FormatCheck(TypingContext context) {
        this.context = context;
    }

    void check(Expression.Call call) {
        Optional<String> format = Constants.text(call.arguments().getFirst());
        if (format.isEmpty()) {
            String given = TypeText.kind(context.program().type(call.arguments().getFirst()));
            context.report().error(call.span(), call.name() + "() expects a string literal (" + given + " provided)");
            return;
        }
        List<String> conversions = conversions(format.get());
        int given = call.arguments().size() - 1;
        if (conversions.size() != given) {
            context.report()
                    .error(
                            call.span(),
                            call.name() + ": " + (given < conversions.size() ? "Not enough" : "Too many")
                                    + " arguments for format string (" + conversions.size() + " expected, " + given
                                    + " found)");
            return;
        }
        for (int i = 0; i < given; i++) {
            check(call, conversions.get(i), call.arguments().get(i + 1));
        }
        if (call.name().equals("debugf")) {
            checkOfKernel(call, conversions);
        }
    }

    /** The kernel's own format takes less (bpf-helpers(7), {@code bpf_trace_printk}). */
    private void checkOfKernel(Expression.Call call, List<String> conversions) {
        context.report()
                .warning(
                        call.span(),
                        "The debugf() builtin is not recommended for production use. For more information see"
                                + " bpf_trace_printk in bpf-helpers(7).");
        if (conversions.size() > MOST_OF_KERNEL) {
            context.report().error(call.span(), "cannot use more than " + MOST_OF_KERNEL + " conversion specifiers");
        }
        conversions.stream()
                .filter(conversion -> !OF_KERNEL.contains(conversion))
                .forEach(conversion ->
                        context.report().error(call.span(), "Invalid format specifier for `debugf`: " + conversion));
    }

    /** The letters of the conversions that take an argument. */
    static List<String> conversions(String format) {
        List<String> found = new ArrayList<>();
        Matcher matcher = CONVERSION.matcher(format);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    private void check(Expression.Call call, String conversion, Expression argument) {
        TraceType type = context.program().type(argument);
        if (type instanceof TraceType.Nothing) {
            context.report().error(argument.span(), call.name() + "() can not print a value of type none");
        } else if (!takes(conversion, type)) {
            context.report()
                    .error(
                            argument.span(),
                            call.name() + ": %" + conversion + " specifier expects a value of type "
                                    + expected(conversion) + " (" + TypeText.of(type) + " supplied)");
        }
    }

    private static boolean takes(String conversion, TraceType type) {
        boolean number =
                BinaryTyping.isNumber(type) || type instanceof TraceType.Pointer || type instanceof TraceType.Truth;
        return switch (conversion) {
            case "r", "rx", "rh" -> type instanceof TraceType.Buffer;
            case "s" -> !ExpressionTyping.isManyValued(type);
            case "d", "i", "u", "x", "X", "o", "c", "p", "gr" ->
                number || type instanceof TraceType.Timestamp || type instanceof TraceType.Symbol;
            default -> false;
        };
    }

    private static String expected(String conversion) {
        return switch (conversion) {
            case "r", "rx", "rh" -> "buffer";
            case "s" -> "string";
            case "p" -> "pointer";
            default -> "integer";
        };
    }
}
