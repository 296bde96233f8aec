package dev.skep.object.assembly;

import dev.skep.object.Bytes;
import java.util.Optional;

/**
 * A line of assembly text.
 *
 * @param number 1-based
 * @param text as written
 * @param code the same with comments blanked out, so that columns stay
 * @param start index in {@code code} of what remains when a listing's columns are left out
 * @param encoded the bytes a listing shows beside the instruction
 */
record SourceLine(int number, String text, String code, int start, Optional<Bytes> encoded) {
    /** What there is to assemble, without blanks around it. */
    String statement() {
        return code.substring(start).strip();
    }
}
