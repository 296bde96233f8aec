package dev.skep.cli.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.object.KernelVersion;
import dev.skep.verifier.Fix;
import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.Place;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.Step;
import dev.skep.verifier.Warning;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints verdicts as JSON, a program to a line. */
public final class VerdictJson {
    private final PrintWriter out;

    VerdictJson(PrintWriter out) {
        this.out = out;
    }

    /** @param command that runs the program into its counterexample, if there is one */
    void print(String object, ProgramVerdict verdict, Optional<String> command) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            json.writeStringField("object", object);
            json.writeStringField("program", verdict.program());
            json.writeStringField("verdict", verdict.isAccepted() ? "accepted" : "rejected");
            switch (verdict) {
                case ProgramVerdict.Accepted accepted -> warnings(json, accepted.warnings());
                case ProgramVerdict.Rejected rejected -> rejection(json, rejected.rejection());
            }
            if (command.isPresent()) {
                json.writeStringField("try", command.get());
            }
            statistics(json, verdict.statistics());
            json.writeEndObject();
        }
        out.println();
    }

    /** The members that tell of a rejection, of an object that the caller begins and ends. */
    public static void rejection(JsonGenerator json, Rejection rejection) throws IOException {
        json.writeStringField("cause", rejection.cause().id());
        place(json, rejection.place());
        json.writeStringField("message", rejection.message());
        json.writeStringField("suggestion", rejection.suggestion());
        json.writeStringField("kernel_message", rejection.kernelMessage());
        json.writeStringField("culprit", rejection.culprit().text());
        json.writeObjectFieldStart("root_cause");
        place(json, rejection.rootCause());
        json.writeStringField("source", rejection.rootCause().text());
        json.writeEndObject();
        history(json, rejection.history());
        fixes(json, rejection.fixes());
        if (rejection.counterexample().isPresent()) {
            json.writeFieldName("counterexample");
            CounterexampleJson.write(json, rejection.counterexample().get());
        }
        path(json, rejection.path());
    }

    /** The members {@code insn}, {@code function}, {@code file}, {@code line} and {@code column}; null for what is not known. */
    static void place(JsonGenerator json, Place place) throws IOException {
        number(json, "insn", place.instruction() >= 0, place.instruction());
        json.writeStringField("function", place.function().isEmpty() ? null : place.function());
        json.writeStringField("file", place.file().isEmpty() ? null : place.file());
        number(json, "line", place.hasLine(), place.line());
        number(json, "column", place.column() > 0, place.column());
    }

    private static void number(JsonGenerator json, String name, boolean known, int value) throws IOException {
        if (known) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    private static void history(JsonGenerator json, List<HistoryEntry> history) throws IOException {
        json.writeArrayFieldStart("history");
        for (HistoryEntry entry : history) {
            json.writeStartObject();
            json.writeStringField("event", entry.event().name().toLowerCase(Locale.ROOT));
            place(json, entry.place());
            json.writeStringField("text", entry.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void fixes(JsonGenerator json, List<Fix> fixes) throws IOException {
        json.writeArrayFieldStart("fixes");
        for (Fix fix : fixes) {
            json.writeStartObject();
            place(json, fix.place());
            json.writeStringField("description", fix.description());
            json.writeStringField("code", fix.code());
            json.writeStringField("edit", fix.replaces() ? "replace" : "insert-before");
            json.writeBooleanField("verified", fix.verified());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The conditional branches and source lines of the path; an instruction that continues a line is left out. */
    private static void path(JsonGenerator json, Rejection.Path path) throws IOException {
        json.writeArrayFieldStart("path");
        Place last = Place.PROGRAM;
        for (Step step : path.steps()) {
            boolean branch = step.branch() != Step.Branch.NONE;
            if (branch || !step.place().isSameLine(last)) {
                json.writeStartObject();
                json.writeNumberField("insn", step.place().instruction());
                number(json, "line", step.place().hasLine(), step.place().line());
                json.writeStringField("source", step.place().text().strip());
                json.writeStringField("text", step.instruction());
                if (branch) {
                    json.writeBooleanField("taken", step.branch() == Step.Branch.TAKEN);
                }
                json.writeEndObject();
            }
            last = step.place();
        }
        json.writeEndArray();
    }

    private static void warnings(JsonGenerator json, List<Warning> warnings) throws IOException {
        json.writeArrayFieldStart("warnings");
        for (Warning warning : warnings) {
            json.writeStartObject();
            json.writeStringField(
                    "kind", warning.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            place(json, warning.place());
            json.writeStringField("message", warning.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void statistics(JsonGenerator json, Statistics statistics) throws IOException {
        json.writeNumberField("insns_processed", statistics.instructionsProcessed());
        json.writeNumberField("peak_states", statistics.peakStates());
        json.writeNumberField("total_states", statistics.totalStates());
        json.writeNumberField("stack_depth", statistics.stackDepth());
        json.writeArrayFieldStart("functions");
        for (Statistics.FunctionCost function : statistics.functions()) {
            json.writeStartObject();
            json.writeStringField("name", function.name());
            json.writeBooleanField("global", function.global());
            json.writeNumberField("insns_processed", function.instructionsProcessed());
            json.writeNumberField("stack_depth", function.stackBytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("loops");
        for (Statistics.Loop loop : statistics.loops()) {
            json.writeStartObject();
            place(json, loop.head());
            json.writeNumberField("iterations", loop.iterations());
            json.writeBooleanField("unrolled", loop.unrolled());
            json.writeEndObject();
        }
        json.writeEndArray();
        names(json, "maps", statistics.maps());
        names(json, "helpers", statistics.helpers());
        names(json, "kernel_functions", statistics.kernelFunctions());
        json.writeStringField(
                "oldest_kernel",
                statistics.oldestKernel().map(KernelVersion::toString).orElse(null));
    }

    private static void names(JsonGenerator json, String member, List<String> names) throws IOException {
        json.writeArrayFieldStart(member);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }
}
