package dev.skep.verifier.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the verifier's own lines in what tools print around them. */
final class LogText {
    private static final Pattern BEGIN = Pattern.compile("BEGIN (?:PROG LOAD|BPF.*) LOG");
    private static final Pattern END = Pattern.compile("END (?:PROG LOAD|BPF.*) LOG");
    private static final Pattern PROGRAM = Pattern.compile("prog(?:ram)? '?\"?([A-Za-z_][\\w.]*)'?\"?: ");
    private static final Pattern PREFIX = Pattern.compile("^(?:\\[ *\\d+\\.\\d+] |\\s+|> ?|\\| ?|libbpf: )+");
    private static final Pattern ESCAPE = Pattern.compile("\\x1b\\[[0-9;]*m");

    /** The log of one program. @param program "" if not told */
    record Section(String program, List<String> lines) {}

    private LogText() {}

    /** The marked parts of the text; all of it if nothing is marked. */
    static List<Section> sections(String text) {
        List<Section> sections = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        String program = "";
        boolean marked = false;
        boolean inside = false;
        for (String raw : text.split("\\R")) {
            String line = PREFIX.matcher(ESCAPE.matcher(raw).replaceAll("")).replaceFirst("");
            Matcher name = PROGRAM.matcher(line);
            if (BEGIN.matcher(line).find()) {
                program = name.find() ? name.group(1) : program;
                marked = true;
                inside = true;
                lines = new ArrayList<>();
            } else if (inside && END.matcher(line).find()) {
                sections.add(new Section(program, lines));
                lines = new ArrayList<>();
                inside = false;
            } else {
                lines.add(line.stripTrailing());
                program = program.isEmpty() && name.find() ? name.group(1) : program;
            }
        }
        if (!marked || inside) {
            sections.add(new Section(program, lines));
        }
        return sections;
    }
}
