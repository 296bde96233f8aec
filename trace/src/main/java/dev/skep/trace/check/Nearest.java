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
                .min(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .map(other -> new String[] {"Did you mean '" + other + "'?"})
                .orElse(new String[0]);
    }

    /** How many characters have to be put in, taken out or replaced, or change places with the next one. */
    private static int distance(String left, String right) {
        int[][] distances = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : least(left, right, distances, i, j);
            }
        }
        return distances[left.length()][right.length()];
    }

    private static int least(String left, String right, int[][] distances, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best = Math.min(
                distances[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, distances[i - 2][j - 2] + 1) : best;
    }
}
