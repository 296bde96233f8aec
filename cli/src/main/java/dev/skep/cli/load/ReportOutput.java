package dev.skep.cli.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.cli.verify.VerdictJson;
import dev.skep.verifier.report.TerminalReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what became of an object's programs: a table with the reasons below it, or JSON, a line for each program. */
final class ReportOutput {
    /** So many lines of a log that cannot be explained are shown: the last ones tell what happened. */
    private static final int LOG_LINES = 12;

    private final PrintWriter out;
    private final Style style = Style.detected();
    private final boolean verbose;
    private final boolean log;

    /**
     * @param verbose show whole paths
     * @param log show whole logs
     */
    ReportOutput(PrintWriter out, boolean verbose, boolean log) {
        this.out = out;
        this.verbose = verbose;
        this.log = log;
    }

    void text(String object, List<ProgramReport> reports) {
        out.println(style.bold(object + ":"));
        Table table = new Table("LOADED", "PROGRAM", "TYPE", "TAG", ">INSTRUCTIONS");
        for (ProgramReport report : reports) {
            table.painted(
                    report.isLoaded() ? style::green : style::red,
                    report.isLoaded() ? "yes" : "no",
                    report.program(),
                    report.type().name().toLowerCase(Locale.ROOT),
                    report.tag().orElse("-"),
                    report.isLoaded() ? report.instructions() : "-");
        }
        table.print(out, "  ", style);
        reports.stream().filter(report -> !report.isLoaded()).forEach(this::reason);
        out.flush();
    }

    private void reason(ProgramReport report) {
        out.println();
        out.println("  " + style.bold(report.program()) + ": " + report.error().orElse(""));
        report.rejection().ifPresent(rejection -> {
            String explanation = new TerminalReport(style.coloured(), verbose).rejection(report.program(), rejection);
            explanation.lines().forEach(line -> out.println("  " + line));
        });
        if (log || report.rejection().isEmpty()) {
            log(report.log());
        }
    }

    private void log(String text) {
        List<String> lines = text.lines().toList();
        int first = log ? 0 : Math.max(0, lines.size() - LOG_LINES);
        if (first > 0) {
            out.println(style.dim("    ... " + first + " lines before these; --log shows all"));
        }
        lines.subList(first, lines.size()).forEach(line -> out.println("    " + line));
    }

    void json(List<ProgramReport> reports) throws IOException {
        for (ProgramReport report : reports) {
            try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
                json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
                write(json, report);
            }
            out.println();
        }
        out.flush();
    }

    private void write(JsonGenerator json, ProgramReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("object", report.object());
        json.writeStringField("program", report.program());
        json.writeBooleanField("loaded", report.isLoaded());
        json.writeStringField("tag", report.tag().orElse(null));
        json.writeStringField("error", report.error().orElse(null));
        json.writeStringField("type", report.type().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("insns", report.instructions());
        if (report.rejection().isPresent()) {
            json.writeObjectFieldStart("rejection");
            VerdictJson.rejection(json, report.rejection().get());
            json.writeEndObject();
        } else {
            json.writeNullField("rejection");
        }
        if (log) {
            json.writeStringField("log", report.log());
        }
        json.writeEndObject();
    }
}
