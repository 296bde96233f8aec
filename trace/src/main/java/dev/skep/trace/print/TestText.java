package dev.skep.trace.print;

import java.util.List;

/** What tests come to, in the manner of GoogleTest. */
final class TestText {
    private static final String GOOD = "\033[32m";
    private static final String BAD = "\033[31m";
    private static final String PLAIN = "\033[0m ";

    private TestText() {}

    private static TextBuffer head(String color, String word, TextBuffer out) {
        return out.append(color).append(word).append(PLAIN);
    }

    static void beginAll(int count, TextBuffer out) {
        head(GOOD, "[==========]", out).append("Running ").append(count, true).append(" tests.\n");
    }

    static void begin(String name, TextBuffer out) {
        head(GOOD, "[ RUN      ]", out).append(name).append('\n');
    }

    static void end(String name, long nanoseconds, boolean passed, TextBuffer out) {
        head(passed ? GOOD : BAD, passed ? "[       OK ]" : "[  FAILED  ]", out).append(name);
        out.append(" (").append(nanoseconds / 1_000, true).append(" \u03bcs)\n");
    }

    static void endAll(int count, List<String> failed, TextBuffer out) {
        head(GOOD, "[==========]", out).append(counted(count)).append(" ran.\n");
        head(GOOD, "[  PASSED  ]", out).append(counted(count - failed.size())).append(".\n");
        if (!failed.isEmpty()) {
            head(BAD, "[  FAILED  ]", out).append(counted(failed.size())).append(", listed below:\n");
            for (String name : failed) {
                head(BAD, "[  FAILED  ]", out).append(name).append('\n');
            }
        }
    }

    private static String counted(int count) {
        return count + (count == 1 ? " test" : " tests");
    }
}
