package dev.skep.trace.code;

import dev.skep.trace.tree.Expression;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of {@code fail()}, which the compiler writes: its arguments are literals. */
final class CompileTimeText {
    private static final Pattern CONVERSION =
            Pattern.compile("%(%|[-+ #0]*\\d*(?:\\.\\d+)?(?:hh|h|ll|l|j|z|t)?[diuxXosc])");

    private CompileTimeText() {}

    /** What {@code fail(format, arguments)} says. @throws Unsupported if an argument is not a literal */
    static String of(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        if (!(arguments.getFirst() instanceof Expression.StringLiteral format)) {
            throw new Unsupported(call.span(), "fail() expects a string literal");
        }
        Matcher matcher = CONVERSION.matcher(format.value());
        StringBuilder text = new StringBuilder();
        int next = 1;
        while (matcher.find()) {
            String shown = matcher.group(1).equals("%") ? "%" : literal(arguments.get(next++));
            matcher.appendReplacement(text, Matcher.quoteReplacement(shown));
        }
        return matcher.appendTail(text).toString();
    }

    private static String literal(Expression argument) {
        return switch (argument) {
            case Expression.StringLiteral text -> text.value();
            case Expression.BooleanLiteral truth -> Boolean.toString(truth.value());
            case Expression.IntegerLiteral number ->
                number.unsigned() ? Long.toUnsignedString(number.value()) : Long.toString(number.value());
            default ->
                throw new Unsupported(argument.span(), "fail() takes literals only: it is evaluated by the compiler");
        };
    }
}
