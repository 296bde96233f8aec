package dev.skep.trace.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The text of a script and where its lines begin. Two are equal only if they are the same. */
public final class SourceText {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    /** @param name as errors show it: a path, or {@code stdin} for what {@code -e} gives */
    public SourceText(String name, String text) {
        this.name = name;
        this.text = text;
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                starts.add(i + 1);
            }
        }
        this.lineStarts = starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** As errors show it. */
    public String name() {
        return name;
    }

    /** All of it. */
    public String text() {
        return text;
    }

    /** The line of a character, from 1. @param offset from 0 up to the text's length */
    public int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The column of a character, from 1. */
    public int column(int offset) {
        return offset - lineStarts[line(offset) - 1] + 1;
    }

    /** A line without its end. @param line from 1 */
    public String lineText(int line) {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
        return text.substring(start, end);
    }

    /** How many lines there are. */
    public int lines() {
        return lineStarts.length;
    }
}
