package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** The text of {@code fail()}, which the compiler writes: its arguments are literals. */
final class CompileTimeText {
    private CompileTimeText() {}

    /** What {@code fail(format, arguments)} says; empty if an argument is not a literal. */
    static Optional<String> of(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        if (!(arguments.getFirst() instanceof Expression.StringLiteral format)
                || !arguments.stream().allMatch(CompileTimeText::isLiteral)) {
            return Optional.empty();
        }
        Matcher matcher = FormatCheck.CONVERSION.matcher(format.value());
        StringBuilder text = new StringBuilder();
        int next = 1;
        while (matcher.find()) {
            String shown = matcher.group(1) == null
                    ? "%"
                    : literal(arguments.get(next++), matcher.group(1).equals("s"));
            matcher.appendReplacement(text, Matcher.quoteReplacement(shown));
        }
        return Optional.of(matcher.appendTail(text).toString());
    }

    private static boolean isLiteral(Expression argument) {
        return Constants.text(argument).isPresent()
                || Constants.number(argument).isPresent();
    }

    private static String literal(Expression argument, boolean asText) {
        return switch (argument) {
            case Expression.BooleanLiteral truth when asText -> Boolean.toString(truth.value());
            case Expression.IntegerLiteral number when number.unsigned() -> Long.toUnsignedString(number.value());
            default ->
                Constants.text(argument)
                        .orElseGet(
                                () -> Long.toString(Constants.number(argument).orElse(0)));
        };
    }
}
