package dev.skep.verifier.explain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An access to memory as a line of C writes it.
 *
 * @param base the variable that it goes through; "" if there is none
 * @param afterLast an expression for the address right behind what is accessed
 */
public record AccessText(String base, String afterLast) {
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w.>])([A-Za-z_]\\w*)((?:\\s*(?:->|\\.)\\s*\\w+|\\[[^\\]\\[]*])+)");
    private static final Pattern CAST = Pattern.compile("\\*\\s*\\(([\\w ]+\\*)\\)\\s*(\\([^()]*\\)|[A-Za-z_]\\w*)");
    private static final Pattern STAR =
            Pattern.compile("(?<=^|[=(,;&|!+\\s])\\*\\s*\\(?\\s*([A-Za-z_]\\w*)\\b(?!\\s*\\*)");
    private static final Pattern COPY = Pattern.compile("(?<![A-Za-z])mem(?:cpy|move)\\s*\\(([^,()]+),([^,()]+),");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?<![=!<>])=(?!=)");

    /**
     * The access in a line.
     *
     * @param column 1-based, where the compiler says that it is; 0 if not known
     * @param write it is what is assigned to
     */
    public static Optional<AccessText> in(String line, int column, boolean write) {
        Matcher copy = COPY.matcher(line);
        if (copy.find()) {
            return in(copy.group(write ? 1 : 2), 0, false);
        }
        Matcher assignment = ASSIGNMENT.matcher(line);
        boolean left = (write || isOperatorAt(line, column)) && assignment.find();
        String text = left ? line.substring(0, assignment.start()) : line;
        int from = left ? 0 : Math.max(0, column - 1);
        return cast(text, from)
                .or(() -> path(text, from))
                .or(() -> star(text, from))
                .or(() -> from > 0 ? in(line, 0, write) : Optional.empty());
    }

    /** Of {@code a->b += c} the compiler says that the left side is read at the operator. */
    private static boolean isOperatorAt(String line, int column) {
        return column > 0
                && column <= line.length()
                && line.substring(column - 1).matches("(?:[-+*/&|^%]|<<|>>)=.*");
    }

    private static Optional<AccessText> path(String text, int from) {
        Matcher matcher = PATH.matcher(text);
        while (matcher.find()) {
            boolean pure = !matcher.group().contains("++") && !matcher.group().contains("--");
            if (matcher.end() >= from && pure && !matcher.group(2).strip().startsWith(".")) {
                return Optional.of(ofPath(matcher.group(1), matcher.group(2)));
            }
        }
        return Optional.empty();
    }

    private static AccessText ofPath(String base, String steps) {
        boolean wholeStructure = steps.strip().startsWith("->") && !steps.matches(".*\\[.*[A-Za-z_].*].*");
        return new AccessText(base, wholeStructure ? base + " + 1" : "&" + base + steps + " + 1");
    }

    private static Optional<AccessText> cast(String text, int from) {
        Matcher matcher = CAST.matcher(text);
        while (matcher.find()) {
            if (matcher.end() >= from && !matcher.group().contains("++")) {
                String address = matcher.group(2);
                String base = address.replaceAll("^\\W*(\\w+).*$", "$1");
                return Optional.of(new AccessText(base, "(" + matcher.group(1) + ")" + address + " + 1"));
            }
        }
        return Optional.empty();
    }

    private static Optional<AccessText> star(String text, int from) {
        Matcher matcher = STAR.matcher(text);
        while (matcher.find()) {
            if (matcher.end() >= from) {
                return Optional.of(new AccessText(matcher.group(1), matcher.group(1) + " + 1"));
            }
        }
        return Optional.empty();
    }
}
