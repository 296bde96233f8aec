package dev.skep.verifier.log;

import dev.skep.verifier.Cause;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A message of the kernel's, understood.
 *
 * @param text as the kernel wrote it
 * @param cause which of the closed set it means
 * @param parts what it names: {@code register}, {@code argument}, {@code index}, {@code offset}, {@code size}, {@code callee},
 *     {@code instruction}, {@code acquired}
 * @param recognized false if no message of the table is like it, and the cause is a guess
 * @param supplement true for a line that only adds to the message before it
 */
public record KernelMessage(
        String text, Cause cause, Map<String, String> parts, boolean recognized, boolean supplement) {
    public KernelMessage {
        parts = Map.copyOf(parts);
    }

    /** A number it names. */
    public OptionalInt number(String part) {
        String digits = parts.getOrDefault(part, "");
        return digits.matches("-?\\d{1,9}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
