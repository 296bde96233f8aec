package dev.skep.bench.trace;

import dev.skep.linux.info.RunStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Prints for each {@link OneLiner} what an event costs and what starting costs, with one or two versions of {@code bpftrace} and with
 * {@code skep trace}, medians of several runs by turns.
 */
public final class TraceTable {
    private static final int RUNS = 5;
    private static final long MEASURED_MILLIS = 1_000;
    private static final String FIGURE = " %9s";

    /** What is measured. Of an event's programs together, one run each. */
    private static final List<Column> COLUMNS = List.of(
            new Column(
                    "NS",
                    run -> run.programs().stream()
                            .mapToDouble(TracerRun.Cost::nanos)
                            .sum()),
            new Column(
                    "INSNS",
                    run -> run.programs().stream()
                            .mapToInt(TracerRun.Cost::instructions)
                            .sum()),
            new Column("ATTACHED", TracerRun::attachedMillis),
            new Column("TOTAL MS", TracerRun::totalMillis),
            new Column("MB", TracerRun::residentMegabytes));

    private record Column(String title, ToDoubleFunction<TracerRun> figure) {}

    private record Tracer(String name, List<String> command) {}

    /** Skep is the last. */
    private final List<Tracer> tracers;

    private TraceTable(List<Tracer> tracers) {
        this.tracers = tracers;
    }

    /** @param arguments the paths of {@code bpftrace}, of a newer one ("" for none) and of {@code skep}, names of scripts (none for all) */
    public static void main(String[] arguments) throws IOException {
        List<Tracer> tracers = new ArrayList<>(List.of(new Tracer("bpftrace", List.of(arguments[0]))));
        if (!arguments[1].isEmpty()) {
            tracers.add(new Tracer("newest", List.of(arguments[1])));
        }
        tracers.add(new Tracer("skep", List.of(arguments[2], "trace")));
        List<String> names = Arrays.asList(arguments).subList(3, arguments.length);
        TraceTable table = new TraceTable(tracers);
        table.head();
        try (RunStatistics statistics = RunStatistics.enable();
                Workload workload = new Workload()) {
            for (OneLiner script : OneLiner.ALL) {
                if (names.isEmpty() || names.contains(script.name())) {
                    table.measure(script);
                }
            }
        }
    }

    /** What is measured, and of whom; behind each comes the ratio of skep's to the better of the others'. */
    private void head() {
        StringBuilder titles = new StringBuilder(String.format(Locale.ROOT, "%-8s", ""));
        StringBuilder names = new StringBuilder(String.format(Locale.ROOT, "%-8s", "SCRIPT"));
        for (Column column : COLUMNS) {
            for (Tracer tracer : tracers) {
                titles.append(String.format(Locale.ROOT, FIGURE, column.title()));
                names.append(String.format(Locale.ROOT, FIGURE, tracer.name()));
            }
            titles.append("       ");
            names.append("  RATIO");
        }
        System.out.println(titles);
        System.out.println(names);
    }

    private void measure(OneLiner script) throws IOException {
        List<List<TracerRun>> runs = new ArrayList<>();
        tracers.forEach(_ -> runs.add(new ArrayList<>()));
        for (int round = 0; round < RUNS; round++) {
            for (int i = 0; i < tracers.size(); i++) {
                runs.get(i)
                        .add(TracerRun.of(tracers.get(i).command(), script.text(), script.programs(), MEASURED_MILLIS));
            }
        }
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-8s", script.name()));
        for (Column column : COLUMNS) {
            double[] medians = runs.stream()
                    .mapToDouble(own -> median(own, column.figure()))
                    .toArray();
            for (double each : medians) {
                row.append(String.format(Locale.ROOT, FIGURE, String.format(Locale.ROOT, "%.0f", each)));
            }
            double best = Arrays.stream(medians, 0, medians.length - 1).min().orElseThrow();
            row.append(String.format(Locale.ROOT, "  %5.2f", medians[medians.length - 1] / best));
        }
        System.out.println(row);
    }

    private static double median(List<TracerRun> runs, ToDoubleFunction<TracerRun> figure) {
        double[] figures = runs.stream().mapToDouble(figure).sorted().toArray();
        return figures[figures.length / 2];
    }
}
