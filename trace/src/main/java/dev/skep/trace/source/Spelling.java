package dev.skep.trace.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which of the names that exist was probably meant. */
public final class Spelling {
    private Spelling() {}

    /** The nearest of some names: at most a third of the characters, or one, have to be put in, taken out or replaced. */
    public static Optional<String> nearest(String name, Collection<String> existing) {
        int allowed = Math.max(1, name.length() / 3);
        return existing.stream()
                .filter(other -> distance(name, other) <= allowed)
                .min(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** A hint that names the nearest one, if any is near. */
    public static String[] hints(String name, Collection<String> existing) {
        return nearest(name, existing)
                .map(other -> new String[] {"Did you mean '" + other + "'?"})
                .orElse(new String[0]);
    }

    /** How many characters have to be put in, taken out, replaced, or exchanged with their neighbour. */
    private static int distance(String left, String right) {
        int[][] distances = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : step(distances, left, right, i, j);
            }
        }
        return distances[left.length()][right.length()];
    }

    private static int step(int[][] distances, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best = Math.min(
                distances[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean exchanged = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return exchanged ? Math.min(best, distances[i - 2][j - 2] + 1) : best;
    }
}
