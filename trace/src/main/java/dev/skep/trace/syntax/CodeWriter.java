package dev.skep.trace.syntax;

/** Text in lines, indented. */
final class CodeWriter {
    private static final String STEP = "  ";

    private final StringBuilder out = new StringBuilder();
    private int level;

    /** @param level how deep the first line is indented */
    CodeWriter(int level) {
        this.level = level;
    }

    int level() {
        return level;
    }

    /** How many columns lines are indented by. */
    int indentation() {
        return level * STEP.length();
    }

    void deeper() {
        level++;
    }

    void shallower() {
        level--;
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    /** A line, or several of which only the first is indented. */
    void line(String text) {
        out.append(STEP.repeat(level)).append(text).append('\n');
    }

    /** Lines that come with their own indentation. */
    void raw(String text) {
        out.append(text).append('\n');
    }

    /** An empty line, but never two of them. */
    void blank() {
        if (!out.isEmpty() && !out.toString().endsWith("\n\n")) {
            out.append('\n');
        }
    }

    /** Puts something at the end of the last line. */
    void append(String text) {
        out.setLength(out.length() - 1);
        out.append(text).append('\n');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
