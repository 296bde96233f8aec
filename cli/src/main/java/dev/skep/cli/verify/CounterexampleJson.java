package dev.skep.cli.verify;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.object.Bytes;
import dev.skep.verifier.Counterexample;
import java.io.IOException;

/** An input on which a program goes wrong, as a JSON object; bytes are hexadecimal digits. */
final class CounterexampleJson {
    private CounterexampleJson() {}

    static void write(JsonGenerator json, Counterexample example) throws IOException {
        json.writeStartObject();
        json.writeStringField("effect", example.effect());
        VerdictJson.place(json, example.place());
        json.writeStringField("packet", example.packet().map(Bytes::toString).orElse(null));
        json.writeStringField(
                "context",
                example.context().length() == 0 ? null : example.context().toString());
        json.writeArrayFieldStart("maps");
        for (Counterexample.Entry entry : example.entries()) {
            json.writeStartObject();
            json.writeStringField("map", entry.map());
            json.writeStringField("key", entry.key().toString());
            json.writeStringField("value", entry.value().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("variables");
        for (Counterexample.Variable variable : example.variables()) {
            json.writeStartObject();
            json.writeStringField("name", variable.name());
            json.writeStringField("map", variable.map());
            json.writeNumberField("offset", variable.offset());
            json.writeStringField("value", variable.value().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("results");
        for (Counterexample.Result result : example.results()) {
            json.writeStartObject();
            json.writeStringField("helper", result.helper());
            VerdictJson.place(json, result.place());
            json.writeStringField("value", "0x" + Long.toHexString(result.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
