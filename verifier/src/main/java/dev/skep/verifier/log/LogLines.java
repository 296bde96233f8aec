package dev.skep.verifier.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the verifier's lines out of what is around them: what journald, dmesg, log libraries, test runners and mail programs put
 * before each, what log formats escape, and the line ends that got lost when a log was passed on in one line.
 */
final class LogLines {
    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*m");
    private static final Pattern PREFIX = Pattern.compile("^(?:\\s+"
            + "|\\[ *\\d+\\.\\d+] ?" // dmesg
            + "|\\[\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?] ?"
            + "|\\p{L}{3,5} +\\d{1,2} \\d\\d:\\d\\d:\\d\\d \\S+ [\\w.@/-]+(?:\\[\\d+])?: ?" // syslog, journald
            + "|\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\S*\\s*" // RFC 3339 and the like
            + "|(?:TRACE|DEBU?G?|INFO|NOTICE|WARN(?:ING)?|ERROR?|FATAL?)(?:\\[\\d+])? +"
            + "|\\w+_test\\.go:\\d+: |libbpf: |>(?!>) ?|\\| ?)+");
    private static final Pattern INTRODUCTION = Pattern.compile("^.*\\b[Vv]erifier (?:output|error|log): ?(?=\\S)");
    private static final Pattern OMITTED = Pattern.compile("\\s*\\((?:truncated, )?\\d+ line\\(s\\) omitted\\)\\W*$");

    /** The values of a structured log line that may hold a message: {@code msg="..."}, {@code "msg":"..."}. */
    private static final Pattern QUOTED =
            Pattern.compile("(?:^|[\\s,{])\"?(?:msg|message|error|err|log)\"?[=:]\\s?\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern ESCAPED_END =
            Pattern.compile("\\\\n(?=\\s*(?:\\d+: |;|R\\d|processed |from \\d|\\\\n|$))");

    /** Where an instruction or a state begins in the middle of a line; after "before" it is only spoken of. */
    private static final Pattern JOINT = Pattern.compile("(?<!before)(?<! to)(?<=\\S) "
            + "(?=\\d{1,9}: (?:\\([0-9a-f]{2}\\) |(?:frame\\d+: ?)?R\\d+(?:_[rwD]+)?=))");

    private static final Pattern JOINED_SOURCE = Pattern.compile("^(\\d{1,9}: (?:frame\\d+: ?)?R\\d.*?) (; .*)$");
    private static final Pattern JOINED_MESSAGE =
            Pattern.compile("^(\\d{1,9}: \\([0-9a-f]{2}\\) [^;:]*): (?=\\S)(.*)$");

    /** One message of the kernel's has no line end. */
    private static final Pattern END = Pattern.compile("(?<=[a-z])(?=processed \\d+ insns \\(limit )");

    private LogLines() {}

    /** The lines of {@code text}, in order, without trailing blanks. */
    static List<String> of(String text) {
        List<String> lines = new ArrayList<>();
        for (String raw : text.split("\\R")) {
            unwrap(entities(COLOUR.matcher(raw).replaceAll("")), lines);
        }
        return lines;
    }

    private static String entities(String line) {
        return line.indexOf('&') < 0
                ? line
                : line.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&nbsp;", " ")
                        .replace("&amp;", "&");
    }

    private static void unwrap(String line, List<String> lines) {
        Matcher quoted = QUOTED.matcher(line);
        boolean structured = false;
        while (quoted.find()) {
            structured = true;
            String value = quoted.group(1).replace("\\\"", "\"").replace("\\t", "\t");
            value.replace("\\n", "\n").lines().forEach(part -> bare(part, lines));
        }
        if (!structured) {
            ESCAPED_END.splitAsStream(line).forEach(part -> bare(part, lines));
        }
    }

    private static void bare(String line, List<String> lines) {
        String rest = PREFIX.matcher(line).replaceFirst("");
        rest = INTRODUCTION.matcher(rest).replaceFirst("");
        rest = OMITTED.matcher(rest).replaceFirst("").stripTrailing();
        if (rest.startsWith(";") || rest.indexOf('(') < 0) {
            lines.add(rest);
        } else {
            JOINT.splitAsStream(rest).flatMap(END::splitAsStream).forEach(part -> separate(part, lines));
        }
    }

    private static void separate(String part, List<String> lines) {
        Matcher source = JOINED_SOURCE.matcher(part);
        Matcher message = JOINED_MESSAGE.matcher(part);
        if (source.matches()) {
            lines.add(source.group(1));
            lines.add(source.group(2));
        } else if (message.matches()) {
            lines.add(message.group(1));
            lines.add(message.group(2));
        } else {
            lines.add(part.stripTrailing());
        }
    }
}
