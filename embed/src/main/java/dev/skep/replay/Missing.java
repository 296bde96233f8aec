package dev.skep.replay;

import java.util.Map;
import java.util.TreeMap;

/** What a script wanted to know that is not recorded, by what it asked, and how often. */
final class Missing {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
