package dev.skep.verifier.report;

import dev.skep.object.Bytes;
import dev.skep.verifier.Counterexample;
import dev.skep.verifier.Place;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A counterexample in one sentence: the input, and what the program does with it. */
final class CounterexampleText {
    /** Bytes that are written out; of longer ones it is said how many more there are. */
    private static final int MOST_BYTES = 48;

    private CounterexampleText() {}

    /** For example {@code a packet of 14 bytes, all zero: reads 1 byte at 0x1400e, right behind ..., at prog.c:16}. */
    static String of(Counterexample example) {
        List<String> parts = new ArrayList<>();
        example.packet().ifPresent(packet -> parts.add("a packet of " + bytes(packet)));
        if (example.context().length() > 0) {
            parts.add("a context of " + bytes(example.context()));
        }
        example.entries()
                .forEach(entry -> parts.add(entry.map() + "[" + hex(entry.key()) + "] = " + hex(entry.value())));
        example.variables().forEach(variable -> parts.add(variable.name() + " = " + hex(variable.value())));
        example.results()
                .forEach(result -> parts.add(
                        result.helper() + at(result.place()) + " returning 0x" + Long.toHexString(result.value())));
        String input = parts.isEmpty() ? "any input" : String.join(", ", parts);
        return input + ": " + example.effect() + at(example.place());
    }

    private static String at(Place place) {
        return place.hasLine() ? ", at " + place : " (" + place + ")";
    }

    private static String bytes(Bytes bytes) {
        return bytes.length()
                + (bytes.length() == 1 ? " byte" : " bytes")
                + (isZero(bytes) ? "" : " (" + hex(bytes) + ")");
    }

    private static boolean isZero(Bytes bytes) {
        return bytes.equals(Bytes.zeros(bytes.length()));
    }

    /** Hexadecimal digits; zeros at the end are not written out if there are many. */
    private static String hex(Bytes bytes) {
        int end = bytes.length();
        while (end > 0 && bytes.at(end - 1) == 0) {
            end--;
        }
        int zeros = bytes.length() - end;
        int shown = zeros <= 8 && bytes.length() <= MOST_BYTES ? bytes.length() : Math.min(end, MOST_BYTES);
        String digits = HexFormat.of().formatHex(bytes.toArray(), 0, shown);
        if (shown == bytes.length()) {
            return digits;
        }
        String rest = shown < end ? "... " + (bytes.length() - shown) + " more" : "and " + zeros + " zeros";
        return digits.isEmpty() ? zeros + " zeros" : digits + " " + rest;
    }
}
