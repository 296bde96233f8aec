package dev.skep.compiler.ir;

/**
 * A place in the source.
 *
 * @param file as the front end names it, {@code ""} if unknown
 * @param line from 1, 0 if unknown
 * @param column from 1, 0 if unknown
 */
public record Position(String file, int line, int column) {
    /** Nowhere. */
    public static final Position NONE = new Position("", 0, 0);

    /** True if the line is known. */
    public boolean isKnown() {
        return line > 0;
    }

    /** For example {@code Firewall.java:12}. */
    @Override
    public String toString() {
        return isKnown() ? file + ":" + line : "?";
    }
}
