package dev.skep.trace.run;

import java.util.List;

/**
 * Places of a probe that has several which cannot be probed, though the others can.
 *
 * @param reason why: {@code they begin with ...}
 * @param places their names
 */
public record Omission(String reason, List<String> places) {
    private static final int SHOWN = 5;

    public Omission {
        places = List.copyOf(places);
    }

    /** In a line. */
    String text(String probe) {
        String names = String.join(", ", places.subList(0, Math.min(SHOWN, places.size())));
        return probe + " is not at " + places.size() + " of its places: " + reason + ": " + names
                + (places.size() > SHOWN ? ", ..." : "");
    }
}
