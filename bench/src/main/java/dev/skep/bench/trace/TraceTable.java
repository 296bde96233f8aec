package dev.skep.bench.trace;

import dev.skep.linux.info.RunStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Prints for each {@link OneLiner} what an event costs and what starting costs, with {@code bpftrace} and with {@code skep trace}, medians of
 * several runs by turns.
 */
public final class TraceTable {
    private static final int RUNS = 5;
    private static final long MEASURED_MILLIS = 1_000;
    private static final String ROW = "%-8s  %9s %9s %6s  %9s %9s  %9s %9s  %9s %9s  %9s %9s%n";

    private final List<String> bpftrace;
    private final List<String> skep;

    private TraceTable(String bpftrace, String skep) {
        this.bpftrace = List.of(bpftrace);
        this.skep = List.of(skep, "trace");
    }

    /** @param arguments the paths of {@code bpftrace} and of {@code skep}, names of scripts (none for all) */
    public static void main(String[] arguments) throws IOException {
        List<String> names = Arrays.asList(arguments).subList(2, arguments.length);
        TraceTable table = new TraceTable(arguments[0], arguments[1]);
        System.out.printf(
                ROW, "", "NS", "NS", "", "INSNS", "INSNS", "ATTACHED", "ATTACHED", "TOTAL MS", "TOTAL MS", "MB", "MB");
        System.out.printf(
                ROW,
                "SCRIPT",
                "bpftrace",
                "skep",
                "RATIO",
                "bpftrace",
                "skep",
                "bpftrace",
                "skep",
                "bpftrace",
                "skep",
                "bpftrace",
                "skep");
        try (RunStatistics statistics = RunStatistics.enable();
                Workload workload = new Workload()) {
            for (OneLiner script : OneLiner.ALL) {
                if (names.isEmpty() || names.contains(script.name())) {
                    table.measure(script);
                }
            }
        }
    }

    private void measure(OneLiner script) throws IOException {
        List<TracerRun> theirs = new ArrayList<>();
        List<TracerRun> ours = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            theirs.add(TracerRun.of(bpftrace, script.text(), script.programs(), MEASURED_MILLIS));
            ours.add(TracerRun.of(skep, script.text(), script.programs(), MEASURED_MILLIS));
        }
        double nanos = median(theirs, TraceTable::nanos);
        double ownNanos = median(ours, TraceTable::nanos);
        System.out.printf(
                ROW,
                script.name(),
                whole(nanos),
                whole(ownNanos),
                String.format(Locale.ROOT, "%.2f", ownNanos / nanos),
                whole(median(theirs, TraceTable::instructions)),
                whole(median(ours, TraceTable::instructions)),
                whole(median(theirs, TracerRun::attachedMillis)),
                whole(median(ours, TracerRun::attachedMillis)),
                whole(median(theirs, TracerRun::totalMillis)),
                whole(median(ours, TracerRun::totalMillis)),
                whole(median(theirs, TracerRun::residentMegabytes)),
                whole(median(ours, TracerRun::residentMegabytes)));
    }

    /** Of all programs of a script, one run each. */
    private static double nanos(TracerRun run) {
        return run.programs().stream().mapToDouble(TracerRun.Cost::nanos).sum();
    }

    private static double instructions(TracerRun run) {
        return run.programs().stream().mapToInt(TracerRun.Cost::instructions).sum();
    }

    private static double median(List<TracerRun> runs, ToDoubleFunction<TracerRun> figure) {
        double[] figures = runs.stream().mapToDouble(figure).sorted().toArray();
        return figures[figures.length / 2];
    }

    private static String whole(double figure) {
        return String.format(Locale.ROOT, "%.0f", figure);
    }
}
