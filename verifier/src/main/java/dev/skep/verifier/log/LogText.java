package dev.skep.verifier.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the logs in a text: tools mark where each begins and ends. */
final class LogText {
    private static final Pattern BEGIN = Pattern.compile("BEGIN (?:PROG LOAD|DUMP|BPF.*) LOG");
    private static final Pattern END = Pattern.compile("END (?:PROG LOAD |DUMP |BPF.* )?LOG");
    private static final Pattern PROGRAM = Pattern.compile("prog(?:ram)? '?\"?([A-Za-z_][\\w.]*)'?\"?: ");

    /** The log of one program. @param program "" if not told */
    record Section(String program, List<String> lines) {}

    private LogText() {}

    /** The marked parts of the text; all of it if nothing is marked. */
    static List<Section> sections(String text) {
        List<Section> sections = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        String program = "";
        boolean inside = false;
        for (String line : LogLines.of(text)) {
            Matcher name = PROGRAM.matcher(line);
            if (BEGIN.matcher(line).find()) {
                program = name.find() ? name.group(1) : program;
                inside = true;
                lines = new ArrayList<>();
            } else if (inside && END.matcher(line).find()) {
                sections.add(new Section(program, lines));
                lines = new ArrayList<>();
                inside = false;
            } else {
                lines.add(line);
                program = program.isEmpty() && name.find() ? name.group(1) : program;
            }
        }
        if (sections.isEmpty() || inside) {
            sections.add(new Section(program, lines));
        }
        return sections;
    }
}
