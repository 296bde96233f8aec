package dev.skep.trace.system;

/**
 * A pattern of names: {@code *} stands for any number of characters, all others for themselves.
 *
 * @param text the pattern
 */
public record NamePattern(String text) {
    /** Matches everything. */
    public static final NamePattern ANY = new NamePattern("*");

    /** Whether it can match more than one name. */
    public boolean hasWildcard() {
        return text.indexOf('*') >= 0;
    }

    /** Whether it matches all of {@code name}. */
    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < text.length() && text.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1; // the last star takes one character more
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
