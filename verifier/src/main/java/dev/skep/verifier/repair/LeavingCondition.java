package dev.skep.verifier.repair;

import dev.skep.verifier.Place;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The condition of an {@code if} that leads out of a function. */
final class LeavingCondition {
    private static final Pattern IF = Pattern.compile("^if\\s*\\((.*)\\)\\s*\\{?$");
    private static final Pattern CHANGES = Pattern.compile("\\+\\+|--|(?<![=!<>])=(?!=)");

    private LeavingCondition() {}

    /** The condition, if the line is a whole {@code if} that can be asked twice; empty otherwise. */
    static Optional<String> of(Place place) {
        Matcher matcher = IF.matcher(SourceEdits.code(place.text()));
        boolean pure = matcher.matches()
                && !CHANGES.matcher(matcher.group(1)).find()
                && !matcher.group(1).matches(".*\\w\\(.*");
        return pure && isBalanced(matcher.group(1)) ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean isBalanced(String text) {
        int open = 0;
        for (char c : text.toCharArray()) {
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open < 0) {
                return false;
            }
        }
        return open == 0;
    }
}
