package dev.skep.verifier.repair;

import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number that is checked as the verifier sees it: copied to a variable of 64 bits whose value the compiler does not know, checked
 * and used from there. A plain check may be merged with another, moved, or made on a 32-bit copy, and its bounds be lost again.
 */
final class BoundedCopy {
    private static final Pattern WHOLE =
            Pattern.compile("^(?!for\\b|while\\b|else\\b|case\\b|default\\b|}|do\\b).*;$|^if \\(.*\\)(?: \\{)?$");

    private final Place place;
    private final String expression;

    /** @param expression the number as the line at {@code place} writes it */
    BoundedCopy(Place place, String expression) {
        this.place = place;
        this.expression = expression;
    }

    /**
     * The line with the check before it; empty if the line is not one whole statement.
     *
     * @param limit the largest number allowed
     * @param notZero 0 is not allowed
     */
    Optional<Fix> fix(SourceEdits edits, String description, String limit, boolean notZero, SafeReturn leaving) {
        String line = SourceEdits.withoutComment(place.text());
        String bare = expression.matches("\\(.*\\)") ? expression.substring(1, expression.length() - 1) : expression;
        String name = bare.matches("\\w+") ? bare + "_checked" : "checked";
        Pattern use = Pattern.compile(
                (bare.matches("\\w.*") ? "\\b" : "") + Pattern.quote(bare) + (bare.matches(".*\\w") ? "\\b" : ""));
        Matcher matcher = use.matcher(line);
        if (!SourceEdits.isC(place) || !WHOLE.matcher(line.strip()).matches() || !matcher.find(assigned(line))) {
            return Optional.empty();
        }
        String changed = line.substring(0, matcher.start()) + name + line.substring(matcher.end());
        String condition = (notZero ? name + " == 0 || " : "") + name + " > " + limit;
        String copy = "__u64 " + name + " = " + bare + ";";
        boolean passOver = !leaving.isKnown() && edits.isExpression(place);
        return Optional.of(
                passOver
                        ? edits.instead(
                                place,
                                description,
                                "\t" + changed,
                                copy,
                                barrier(name),
                                "if (" + SourceEdits.negated(condition) + ")")
                        : edits.instead(
                                place,
                                description,
                                changed,
                                copy,
                                barrier(name),
                                "if (" + condition + ")",
                                "\t" + leaving.text()));
    }

    /** Keeps the compiler from knowing the variable's value. */
    static String barrier(String variable) {
        return "asm volatile(\"\" : \"+r\"(" + variable + "));";
    }

    /** What is declared in the line is not the number. */
    private static int assigned(String line) {
        Matcher declaration =
                Pattern.compile("^\\s*(?:\\w+ )+\\**\\w+\\s*=(?!=)").matcher(line);
        return declaration.find() ? declaration.end() : 0;
    }
}
