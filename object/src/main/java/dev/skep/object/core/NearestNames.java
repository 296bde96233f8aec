package dev.skep.object.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the names a misspelt or renamed one may stand for. */
public final class NearestNames {
    private static final int SHOWN = 5;

    private NearestNames() {}

    /** The names there are: those that resemble {@code wanted} first, others only if there are few. */
    static String instead(String wanted, List<String> names) {
        Set<String> shown = new LinkedHashSet<>(of(wanted, names, SHOWN));
        if (shown.isEmpty() || names.size() <= SHOWN) {
            names.stream().limit(SHOWN).forEach(shown::add);
        }
        if (shown.isEmpty()) {
            return "it has none";
        }
        String more = shown.size() < names.size() ? ", ... (" + names.size() + " in all)" : "";
        return "it has " + String.join(", ", shown) + more;
    }

    /** Those of {@code names} that resemble {@code wanted}, most alike first, at most {@code limit}. */
    public static List<String> of(String wanted, Collection<String> names, int limit) {
        record Scored(String name, int distance) {}
        int tolerance = Math.max(1, wanted.length() / 3);
        return names.stream()
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(name -> new Scored(name, distance(wanted, name, tolerance)))
                .filter(scored -> scored.distance() <= tolerance)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .limit(limit)
                .map(Scored::name)
                .toList();
    }

    /** Edits from one name to the other, case aside; less if one contains the other; {@code limit + 1} if more than {@code limit}. */
    private static int distance(String one, String other, int limit) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        boolean contained = Math.min(a.length(), b.length()) >= 3 && (a.contains(b) || b.contains(a));
        if (contained) {
            return Math.min(limit, Math.abs(a.length() - b.length()));
        }
        return Math.abs(a.length() - b.length()) > limit ? limit + 1 : Math.min(limit + 1, edits(a, b));
    }

    /** The Levenshtein distance. */
    private static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
