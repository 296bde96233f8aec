package dev.skep.cli.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.types.ValueJson;
import dev.skep.object.btf.value.BtfValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** Prints a {@link RunResult} for programs; docs/run.md describes the form. */
final class ResultJson {
    private ResultJson() {}

    static void print(RunResult result, PrintWriter out) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeStringField("program", result.program().name());
            if (result.networkInterface().isPresent()) {
                json.writeStringField("interface", result.networkInterface().get());
            }
            json.writeNumberField("packets", result.packets());
            if (result.networkInterface().isEmpty()) {
                verdicts(json, result);
            }
            json.writeObjectFieldStart("maps");
            for (MapContents map : result.maps()) {
                map(json, map);
            }
            json.writeEndObject();
            json.writeObjectFieldStart("globals");
            for (GlobalContents global : result.globals()) {
                json.writeFieldName(global.global().name());
                ValueJson.write(json, global.value());
            }
            json.writeEndObject();
            json.writeNumberField("seconds", result.seconds());
            json.writeNumberField("packets_per_second", Math.round(result.packetsPerSecond()));
            json.writeArrayFieldStart("errors");
            for (String error : result.errors()) {
                json.writeString(error);
            }
            json.writeEndArray();
        });
    }

    private static void verdicts(JsonGenerator json, RunResult result) throws IOException {
        json.writeObjectFieldStart("verdicts");
        for (VerdictCount count : result.verdicts()) {
            json.writeObjectFieldStart(count.verdict().name());
            json.writeNumberField("packets", count.packets());
            json.writeNumberField("bytes", count.bytes());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void map(JsonGenerator json, MapContents map) throws IOException {
        json.writeArrayFieldStart(map.spec().name());
        for (MapContents.Entry entry : map.entries()) {
            json.writeStartObject();
            json.writeFieldName("key");
            optional(json, entry.key());
            json.writeFieldName("value");
            optional(json, entry.value());
            if (!entry.perCpu().isEmpty()) {
                json.writeArrayFieldStart("per_cpu");
                for (BtfValue value : entry.perCpu()) {
                    ValueJson.write(json, value);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        if (map.events().isPresent()) {
            number(json, "records", map.events().get().records());
            number(json, "bytes", map.events().get().bytes());
            number(json, "lost", map.events().get().lost());
        }
        json.writeEndArray();
    }

    /** What came through a map of events, in the form of entries. */
    private static void number(JsonGenerator json, String key, long value) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeNumberField("value", value);
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, Optional<BtfValue> value) throws IOException {
        if (value.isPresent()) {
            ValueJson.write(json, value.get());
        } else {
            json.writeNull();
        }
    }
}
