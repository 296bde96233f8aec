package dev.skep.verifier.report;

import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import java.util.ArrayList;
import java.util.List;

/** A change of the source as lines of a diff. */
final class FixText {
    /** @param mark {@code +} for a new line, {@code -} for one that goes, a space for one that stays @param number 0 for a new line */
    record Line(char mark, int number, String text) {}

    private FixText() {}

    /** The lines; none if the change cannot be written as text. */
    static List<Line> lines(Fix fix) {
        Place place = fix.place();
        if (fix.code().isEmpty()) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        List<String> code = fix.code().lines().toList();
        boolean kept = fix.replaces() && code.contains(place.text());
        if (fix.replaces() && !kept && !place.text().isBlank()) {
            lines.add(new Line('-', place.line(), place.text()));
        }
        for (String text : code) {
            boolean stays = kept && text.equals(place.text());
            lines.add(new Line(stays ? ' ' : '+', stays ? place.line() : 0, text));
        }
        if (!fix.replaces() && !place.text().isBlank()) {
            lines.add(new Line(' ', place.line(), place.text()));
        }
        return lines;
    }

    /** Where, in words: {@code before line 16}. */
    static String where(Fix fix) {
        Place place = fix.place();
        String at = place.hasLine()
                ? "line " + place.line()
                : place.slot().isPresent() ? "instruction " + place.instruction() : "";
        return at.isEmpty() ? "" : fix.replaces() || fix.code().isEmpty() ? at : "before " + at;
    }
}
