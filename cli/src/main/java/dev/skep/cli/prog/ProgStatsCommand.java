package dev.skep.cli.prog;

import dev.skep.cli.kernel.Interval;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.RunCounts;
import dev.skep.linux.info.RunStatistics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep prog stats}. */
@Command(
        name = "stats",
        aliases = "profile",
        description = "Has the kernel count for a while how often programs run and how long they take.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep prog stats --seconds 10")
final class ProgStatsCommand extends KernelCommand {
    @Parameters(arity = "0..*", paramLabel = "PROG", description = "Only these; all if none is named.")
    private List<String> words = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "1",
            description = "How long to count; with a fraction if wanted. The default is 1.")
    private double seconds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What a program did meanwhile. */
    private record Counted(KernelProgram program, RunCounts counts) {
        private double nanosPerRun() {
            return (double) counts.time().toNanos() / counts.runs();
        }
    }

    @Override
    protected void execute() throws IOException {
        List<Counted> counted = count();
        if (json) {
            print(counted);
            return;
        }
        Table table = new Table(">ID", "TYPE", "NAME", ">RUNS", ">TIME", ">PER RUN");
        for (Counted each : counted) {
            table.row(
                    each.program.info().id(),
                    each.program.type(),
                    each.program.info().name(),
                    each.counts.runs(),
                    Interval.text(each.counts.time()),
                    Interval.text(Duration.ofNanos(Math.round(each.nanosPerRun()))));
        }
        if (table.isEmpty()) {
            out().println("no program ran");
        } else {
            table.print(out(), "", Style.detected());
        }
    }

    /** Those that ran, the longest first. */
    private List<Counted> count() {
        Map<Integer, RunCounts> before = new HashMap<>();
        List<Counted> counted = new ArrayList<>();
        try (RunStatistics _ = RunStatistics.enable()) {
            programs()
                    .forEach(program ->
                            before.put(program.info().id(), program.info().runs()));
            Thread.sleep(Math.round(seconds * 1000));
            for (KernelProgram program : programs()) {
                RunCounts none = new RunCounts(Duration.ZERO, 0, 0);
                RunCounts start = before.getOrDefault(program.info().id(), none);
                counted.add(new Counted(program, difference(program.info().runs(), start)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return counted.stream()
                .filter(each -> each.counts.runs() > 0)
                .sorted(Comparator.comparing((Counted each) -> each.counts.time())
                        .reversed())
                .toList();
    }

    private static RunCounts difference(RunCounts end, RunCounts start) {
        return new RunCounts(end.time().minus(start.time()), end.runs() - start.runs(), end.missed() - start.missed());
    }

    private List<KernelProgram> programs() {
        if (words.isEmpty()) {
            return KernelProgram.withIds(ObjectKind.PROGRAM.ids());
        }
        Words reading = words(words);
        List<Integer> ids = new ArrayList<>();
        while (!reading.isEmpty()) {
            ids.addAll(ObjectReference.read(reading, ObjectKind.PROGRAM).ids(ObjectKind.PROGRAM));
        }
        return KernelProgram.withIds(ids);
    }

    private void print(List<Counted> counted) throws IOException {
        JsonWriter.print(out(), generator -> {
            generator.writeNumberField("seconds", seconds);
            generator.writeArrayFieldStart("programs");
            for (Counted each : counted) {
                generator.writeStartObject();
                generator.writeNumberField("id", each.program.info().id());
                generator.writeStringField("type", each.program.type());
                generator.writeStringField("name", each.program.info().name());
                generator.writeNumberField("run_cnt", each.counts.runs());
                generator.writeNumberField("run_time_ns", each.counts.time().toNanos());
                generator.writeEndObject();
            }
            generator.writeEndArray();
        });
    }
}
