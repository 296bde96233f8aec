package dev.skep.trace.print;

import java.util.Map;

/** The table of what benchmarks took. */
final class BenchmarkText {
    private static final String NAME = "BENCHMARK";
    private static final String TIME = "AVERAGE TIME";

    private BenchmarkText() {}

    /** @param nanoseconds for each run, by name */
    static void append(Map<String, Long> nanoseconds, TextBuffer out) {
        int width = Math.max(
                NAME.length(),
                nanoseconds.keySet().stream().mapToInt(String::length).max().orElse(0));
        line(width, out);
        row(NAME, TIME, width, out);
        line(width, out);
        nanoseconds.forEach((name, time) -> row(name, readable(time), width, out));
        line(width, out);
        out.append('\n');
    }

    private static void line(int width, TextBuffer out) {
        out.append('+')
                .repeat('-', width + 2)
                .append('+')
                .repeat('-', TIME.length() + 2)
                .append("+\n");
    }

    private static void row(String name, String time, int width, TextBuffer out) {
        out.append("| ").append(name).repeat(' ', width - name.length());
        out.append(" | ")
                .append(time)
                .repeat(' ', TIME.length() - time.length())
                .append(" |\n");
    }

    /** Whole units, the largest of which there is at least one. */
    private static String readable(long nanoseconds) {
        if (nanoseconds < 1_000) {
            return nanoseconds + "ns";
        }
        if (nanoseconds < 1_000_000) {
            return nanoseconds / 1_000 + "us";
        }
        return nanoseconds < 1_000_000_000 ? nanoseconds / 1_000_000 + "ms" : nanoseconds / 1_000_000_000 + "s";
    }
}
