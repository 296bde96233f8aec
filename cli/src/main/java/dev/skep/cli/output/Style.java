package dev.skep.cli.output;

/**
 * Colours for terminals (ECMA-48 SGR sequences), or none.
 *
 * @param coloured false to leave all text as it is
 */
public record Style(boolean coloured) {
    /** No colours: for files, pipes and tests. */
    public static final Style PLAIN = new Style(false);

    /** Colours if standard output is a terminal that wants them. */
    public static Style detected() {
        return new Style(Terminal.colours());
    }

    /** A heading. */
    public String bold(String text) {
        return paint("1", text);
    }

    /** Something good: passed, resolved. */
    public String green(String text) {
        return paint("32", text);
    }

    /** Something bad: dropped, failed. */
    public String red(String text) {
        return paint("31", text);
    }

    /** Something that went another way, or needs a look. */
    public String yellow(String text) {
        return paint("33", text);
    }

    /** Something of less interest. */
    public String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
