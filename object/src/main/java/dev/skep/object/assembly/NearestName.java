package dev.skep.object.assembly;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody who mistyped a name meant. */
final class NearestName {
    /** Longer names are not compared: nobody mistypes those, and comparing takes quadratic time. */
    private static final int LONGEST = 64;

    private NearestName() {}

    /** Advice for an unknown name: {@code "did you mean XDP_PASS?"}, or {@code otherwise} if nothing is near. */
    static String advice(String wrong, Collection<String> known, String otherwise) {
        return nearest(wrong, known).map(name -> "did you mean " + name + "?").orElse(otherwise);
    }

    /** The known name that takes the fewest edits, if they are few for its length; the first of several. */
    private static Optional<String> nearest(String wrong, Collection<String> known) {
        if (wrong.length() > LONGEST) {
            return Optional.empty();
        }
        record Distance(String name, int edits) {}
        return known.stream()
                .filter(name -> Math.abs(name.length() - wrong.length()) <= allowed(wrong))
                .map(name -> new Distance(name, edits(wrong, name)))
                .filter(distance -> distance.edits <= allowed(wrong))
                .min(Comparator.comparingInt(Distance::edits))
                .map(Distance::name);
    }

    private static int allowed(String name) {
        return Math.max(1, name.length() / 4);
    }

    /** How many letters must be replaced, added, left out or swapped with the next; either case being the same. */
    private static int edits(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : edits(a, b, i, j, distance);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int edits(String a, String b, int i, int j, int[][] distance) {
        int replaced = distance[i - 1][j - 1] + (same(a, i, b, j) ? 0 : 1);
        int fewest = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && same(a, i, b, j - 1) && same(a, i - 1, b, j);
        return swapped ? Math.min(fewest, distance[i - 2][j - 2] + 1) : fewest;
    }

    private static boolean same(String a, int i, String b, int j) {
        return Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
    }
}
