package dev.skep.cli.machine;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.output.JsonWriter;
import dev.skep.linux.feature.Support;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints a {@link FeatureReport} for programs; docs/features.md describes the form. */
final class FeaturesJson {
    private final FeatureReport report;

    FeaturesJson(FeatureReport report) {
        this.report = report;
    }

    void print(PrintWriter out) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeObjectFieldStart("kernel");
            json.writeStringField("release", report.kernel().text());
            json.writeNumberField("version_code", report.kernel().versionCode());
            json.writeStringField("configuration", report.configurationFile().orElse(null));
            json.writeEndObject();
            parameters(json);
            configuration(json);
            features(json);
            findings(json, "program_types", report.programTypes());
            findings(json, "map_types", report.mapTypes());
            findings(json, "attach_types", report.attachTypes());
            helpers(json);
        });
    }

    private void parameters(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("parameters");
        for (FeatureReport.Parameter parameter : report.parameters()) {
            json.writeStartObject();
            json.writeStringField("name", parameter.name());
            json.writeFieldName("value");
            if (parameter.value().isPresent()) {
                json.writeNumber(parameter.value().get());
            } else {
                json.writeNull();
            }
            json.writeStringField("meaning", parameter.meaning());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void configuration(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("configuration");
        for (FeatureReport.Option option : report.options()) {
            json.writeStartObject();
            json.writeStringField("name", option.option().option());
            json.writeStringField("value", option.value().orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void features(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("features");
        for (var finding : report.features()) {
            json.writeStartObject();
            json.writeStringField("name", finding.name());
            json.writeStringField("area", finding.subject().area().name().toLowerCase(Locale.ROOT));
            json.writeStringField("since", finding.subject().since().toString());
            support(json, finding.support());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static <T> void findings(JsonGenerator json, String name, List<FeatureReport.Finding<T>> findings)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (var finding : findings) {
            json.writeStartObject();
            json.writeStringField("name", finding.name());
            support(json, finding.support());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void helpers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("helpers");
        for (FeatureReport.Helpers helpers : report.helpers()) {
            json.writeStartObject();
            json.writeStringField("program_type", helpers.type().uapiName());
            names(json, "available", helpers, Support.Available.class);
            names(json, "missing", helpers, Support.Missing.class);
            names(json, "unknown", helpers, Support.Unknown.class);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void names(
            JsonGenerator json, String field, FeatureReport.Helpers helpers, Class<? extends Support> kind)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (var finding : helpers.findings()) {
            if (kind.isInstance(finding.support())) {
                json.writeString(finding.name());
            }
        }
        json.writeEndArray();
    }

    /** {@code available} is null if it cannot be found out; the reason is there unless it is true. */
    private static void support(JsonGenerator json, Support support) throws IOException {
        json.writeFieldName("available");
        switch (support) {
            case Support.Available _ -> json.writeBoolean(true);
            case Support.Missing _ -> json.writeBoolean(false);
            case Support.Unknown _ -> json.writeNull();
        }
        if (!support.isAvailable()) {
            json.writeStringField("reason", support.explanation());
        }
    }
}
