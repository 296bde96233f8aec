package dev.skep.object.assembly;

import dev.skep.object.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a text into lines, blanks out comments and finds the columns of a pasted listing. */
final class SourceLines {
    /** A listing's instruction number and, if shown, its 8 or 16 bytes: {@code "      12:\t95 00 ... 00\t"}. */
    private static final Pattern COLUMNS = Pattern.compile(
            "[ \\t]*[0-9]+:[ \\t]+((?:[0-9a-f]{2} ){7}[0-9a-f]{2}(?: (?:[0-9a-f]{2} ){7}[0-9a-f]{2})?(?=[ \\t]|$))?");

    private SourceLines() {}

    static List<SourceLine> of(String text) {
        List<SourceLine> lines = new ArrayList<>();
        boolean inComment = false;
        for (String line : text.split("\\n", -1)) {
            StringBuilder code = new StringBuilder(line);
            inComment = blankComments(code, inComment);
            lines.add(withColumns(lines.size() + 1, line, code.toString()));
        }
        return lines;
    }

    private static SourceLine withColumns(int number, String text, String code) {
        Matcher columns = COLUMNS.matcher(code);
        if (!columns.lookingAt()) {
            return new SourceLine(number, text, code, 0, Optional.empty());
        }
        Optional<Bytes> encoded = Optional.ofNullable(columns.group(1))
                .map(hex -> Bytes.of(HexFormat.ofDelimiter(" ").parseHex(hex)));
        return new SourceLine(number, text, code, columns.end(), encoded);
    }

    /** Blanks out the comments of a line. @return true if a block comment goes on in the next line */
    private static boolean blankComments(StringBuilder line, boolean inComment) {
        boolean inBlock = inComment;
        boolean quoted = false;
        for (int at = 0; at < line.length(); at++) {
            if (inBlock) {
                inBlock = !startsWith(line, at, "*/");
                int width = inBlock ? 1 : 2;
                blank(line, at, at + width);
                at += width - 1;
            } else if (quoted || line.charAt(at) == '"') {
                quoted = line.charAt(at) == '"' ? !quoted : quoted;
            } else if (startsWith(line, at, "/*")) {
                inBlock = true;
                blank(line, at, at + 2);
                at++;
            } else if (line.charAt(at) == '#' || line.charAt(at) == ';' || startsWith(line, at, "//")) {
                blank(line, at, line.length());
            }
        }
        return inBlock;
    }

    /** True if the two characters of {@code mark} stand at {@code at}. */
    private static boolean startsWith(StringBuilder line, int at, String mark) {
        return at + 1 < line.length() && line.charAt(at) == mark.charAt(0) && line.charAt(at + 1) == mark.charAt(1);
    }

    private static void blank(StringBuilder line, int from, int to) {
        for (int at = from; at < to; at++) {
            line.setCharAt(at, ' ');
        }
    }
}
