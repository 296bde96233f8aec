package dev.skep.verifier.explain;

import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import java.util.List;

/**
 * What to tell about a failure.
 *
 * @param message what is wrong
 * @param suggestion what to do
 * @param fixes the same as changes of the source
 */
record Advice(String message, String suggestion, List<Fix> fixes) {
    Advice {
        fixes = List.copyOf(fixes);
    }

    static Advice of(String message, String suggestion) {
        return new Advice(message, suggestion, List.of());
    }

    /** With a line to insert before {@code place}. */
    static Advice inserting(String message, String suggestion, Place place, String code) {
        List<Fix> fixes = place.hasLine() && !code.isEmpty()
                ? List.of(new Fix(place, suggestion, indentation(place) + code, false, false))
                : List.of();
        return new Advice(message, suggestion, fixes);
    }

    /** With a line that takes the place of the one at {@code place}. */
    static Advice replacing(String message, String suggestion, Place place, String code) {
        List<Fix> fixes =
                place.hasLine() && !code.isEmpty() ? List.of(new Fix(place, suggestion, code, true, false)) : List.of();
        return new Advice(message, suggestion, fixes);
    }

    private static String indentation(Place place) {
        String text = place.text();
        return text.substring(0, text.length() - text.stripLeading().length());
    }
}
