package dev.skep.cli.trace;

import dev.skep.cli.output.Terminal;
import dev.skep.trace.metric.MetricExporter;
import dev.skep.trace.run.MapWatcher;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Where a script's maps are shown while it runs, beside what it prints. */
final class ExportOptions {
    private final OptionSpec prometheus = OptionSpec.builder("--prometheus")
            .type(String.class)
            .paramLabel("[HOST]:PORT")
            .description("Serve the maps as metrics for Prometheus.")
            .build();
    private final OptionSpec otlp = OptionSpec.builder("--otlp")
            .type(boolean.class)
            .description("Send the maps as metrics to a collector of OpenTelemetry, by OTEL_EXPORTER_OTLP_ENDPOINT.")
            .build();
    private final OptionSpec otlpEndpoint = OptionSpec.builder("--otlp-endpoint")
            .type(String.class)
            .paramLabel("URL")
            .description("The same, to this collector.")
            .build();
    private final OptionSpec live = OptionSpec.builder("--live")
            .type(boolean.class)
            .description("Show the maps in the terminal while they change.")
            .build();

    /** For picocli. */
    List<OptionSpec> all() {
        return List.of(prometheus, otlp, otlpEndpoint, live);
    }

    private static Optional<String> text(OptionSpec option) {
        @Nullable String given = option.getValue();
        return Optional.ofNullable(given);
    }

    private static boolean isGiven(OptionSpec option) {
        @Nullable Boolean given = option.getValue();
        return given != null && given;
    }

    /** Whether anything is asked for. */
    boolean isAskedFor() {
        return isGiven(live)
                || isGiven(otlp)
                || text(otlpEndpoint).isPresent()
                || text(prometheus).isPresent();
    }

    /** @throws TraceFailure if there is no terminal to show maps in @param toFile whether output goes to a file */
    void check(String format, boolean toFile) {
        if (isGiven(live) && (toFile || !format.equals("text") || !Terminal.isOutput())) {
            throw new TraceFailure(
                    "--live redraws maps in a terminal: it wants text on standard output, and a terminal there. "
                            + "Without a terminal, print(@map) in an interval probe shows maps while they change");
        }
    }

    /** Starts what is asked for. @param stream where the script's output goes */
    Exports start(OutputStream stream) {
        List<MapWatcher> watchers = new ArrayList<>();
        List<AutoCloseable> started = new ArrayList<>();
        OutputStream output = stream;
        if (isGiven(live)) {
            LiveMaps maps = new LiveMaps(stream, TerminalSize.now());
            watchers.add(maps);
            output = maps.stream();
        }
        Exports exports = new Exports(output, watchers, started);
        try {
            text(prometheus).ifPresent(address -> exports.add(exporter("prometheus"), address));
            if (isGiven(otlp) || text(otlpEndpoint).isPresent()) {
                exports.add(exporter("otlp"), text(otlpEndpoint).orElse(""));
            }
        } catch (IllegalArgumentException e) {
            exports.close();
            throw new TraceFailure(String.valueOf(e.getMessage()));
        }
        return exports;
    }

    /** What is found on the class path: the launcher puts it there if an option asks for it. */
    private static MetricExporter exporter(String name) {
        for (MetricExporter exporter :
                ServiceLoader.load(MetricExporter.class, MetricExporter.class.getClassLoader())) {
            if (exporter.name().equals(name)) {
                return exporter;
            }
        }
        throw new TraceFailure("what --" + name + " needs is not on the class path: start Skep by ./skep, or add "
                + "skep-export.jar and its libraries");
    }
}
