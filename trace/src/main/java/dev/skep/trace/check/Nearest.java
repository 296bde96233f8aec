package dev.skep.trace.check;

import java.util.Collection;
import java.util.Comparator;

/** Which of the names that exist was probably meant. */
final class Nearest {
    private Nearest() {}

    /** A hint that names the nearest one, if any is near. */
    static String[] hints(String name, Collection<String> existing) {
        int allowed = Math.max(1, name.length() / 3);
        return existing.stream()
                .filter(other -> distance(name, other) <= allowed)
                .min(Comparator.comparingInt(other -> distance(name, other)))
                .map(other -> new String[] {"Did you mean '" + other + "'?"})
                .orElse(new String[0]);
    }

    /** How many characters have to be put in, taken out or replaced. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[previous.length];
            current[0] = i;
            for (int j = 1; j < current.length; j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
