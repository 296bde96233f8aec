package dev.skep.trace.print;

import java.util.Map;

/** The table of what benchmarks took. */
final class BenchmarkText {
    private static final String NAME = "Benchmark";
    private static final String TIME = "Time(ns)";
    private static final String RUNS = "Iterations";
    private static final int SHORTEST_NAME = 40;
    private static final int TIME_WIDTH = 15;

    private BenchmarkText() {}

    /** @param nanoseconds for each run, by name @param runs of each */
    static void append(Map<String, Long> nanoseconds, int runs, TextBuffer out) {
        int width = SHORTEST_NAME;
        for (String name : nanoseconds.keySet()) {
            width = Math.max(width, name.length());
        }
        row(NAME, TIME, RUNS, width, out);
        out.repeat('-', width + 1 + TIME_WIDTH + RUNS.length()).append('\n');
        for (Map.Entry<String, Long> each : nanoseconds.entrySet()) {
            row(each.getKey(), Long.toString(each.getValue()), Integer.toString(runs), width, out);
        }
    }

    private static void row(String name, String time, String runs, int width, TextBuffer out) {
        out.append(name).repeat(' ', width + 1 - name.length());
        out.append(time).repeat(' ', TIME_WIDTH - time.length());
        out.append(runs).append('\n');
    }
}
