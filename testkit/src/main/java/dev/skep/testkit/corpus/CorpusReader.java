package dev.skep.testkit.corpus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one file of the corpus. */
final class CorpusReader {
    private static final Pattern HEADING = Pattern.compile(
            "== (\\S+), (accepted|rejected ([a-z-]+))(, strict alignment)?" + "(, loaded by ([a-z_ ]+))?: (.+)");
    private static final Pattern MAP = Pattern.compile("\\.map (\\w+) .*");

    private final String theme;
    private final List<String> lines;
    private final List<String> sharedMaps = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private final List<VerifierCase> cases = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    CorpusReader(String theme, String text) {
        this.theme = theme;
        this.lines = text.lines().toList();
    }

    List<VerifierCase> read() {
        int at = 0;
        List<String> frame = List.of();
        for (; at < lines.size() && !isHeading(at); at++) {
            frame = readPreamble(at, frame);
        }
        while (at < lines.size()) {
            int end = at + 1;
            while (end < lines.size() && !isHeading(end)) {
                end++;
            }
            readCase(at, end);
            at = end;
        }
        return cases;
    }

    private boolean isHeading(int at) {
        return lines.get(at).startsWith("==");
    }

    /** Reads a line above the first case. @param frame where code goes that all cases share @return where the next line's goes */
    @SuppressWarnings("ReferenceEquality") // which list it is, not what is in it
    private List<String> readPreamble(int at, List<String> frame) {
        String line = lines.get(at);
        if (line.equals(".before")) {
            return before;
        }
        if (line.equals(".after")) {
            return after;
        }
        if (line.startsWith(".map ")) {
            sharedMaps.add(line);
        } else if (frame == before || frame == after) {
            frame.add(line);
        } else if (!line.isBlank() && !line.startsWith("//")) {
            throw wrong(at, "before the first case only maps, comments and the code that all cases share can stand");
        }
        return frame;
    }

    private void readCase(int heading, int end) {
        Matcher matcher = HEADING.matcher(lines.get(heading));
        if (!matcher.matches()) {
            throw wrong(
                    heading, "a case begins with `== SECTION, accepted: NAME` or `== SECTION, rejected CAUSE: NAME`");
        }
        String name = matcher.group(7);
        if (!names.add(name)) {
            throw wrong(heading, "a case of this name stands above");
        }
        List<String> code = new ArrayList<>(before);
        code.addAll(lines.subList(heading + 1, end));
        code.addAll(after);
        cases.add(new VerifierCase(
                theme,
                name,
                heading + 1,
                Optional.ofNullable(matcher.group(3)),
                matcher.group(4) != null,
                loader(matcher.group(6)),
                wholeText(matcher.group(1), String.join("\n", code))));
    }

    /** Those whose capabilities are not named have all. */
    private static Set<String> loader(@Nullable String named) {
        if (named == null) {
            return VerifierCase.ALL_CAPABILITIES;
        }
        return named.equals("nobody") ? Set.of() : Set.of(named.split(" "));
    }

    /** Puts before the code what every object needs: a license, the maps that are used, the program's directive. */
    private String wholeText(String section, String code) {
        String text = ".program main " + section + '\n' + code + '\n';
        for (String map : sharedMaps.reversed()) { // an inner map stands above the one that names it
            Matcher matcher = MAP.matcher(map);
            if (matcher.matches()
                    && Pattern.compile("\\b" + matcher.group(1) + "\\b")
                            .matcher(text)
                            .find()) {
                text = map + '\n' + text;
            }
        }
        return code.contains(".license ") ? text : ".license \"GPL\"\n" + text;
    }

    private IllegalStateException wrong(int at, String what) {
        return new IllegalStateException(theme + ".txt:" + (at + 1) + ": " + what + ": " + lines.get(at));
    }
}
