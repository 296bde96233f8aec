package dev.skep.cli.types;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.output.JsonWriter;
import dev.skep.object.btf.Btf;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.util.List;

/** Prints types as {@code {"types": [...]}}, each with the members that {@code bpftool -j btf dump} gives it. */
final class JsonDump {
    private JsonDump() {}

    static void print(Btf btf, List<Integer> ids, PrintWriter out) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeArrayFieldStart("types");
            for (int id : ids) {
                write(json, TypeDescription.of(btf, id));
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, TypeDescription type) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", type.id());
        json.writeStringField("kind", type.kind());
        json.writeStringField("name", type.name());
        attributes(json, type.attributes());
        if (type.parts().isPresent()) {
            json.writeArrayFieldStart(type.parts().get().title());
            for (TypeDescription.Part part : type.parts().get().list()) {
                json.writeStartObject();
                if (part.name().isPresent()) {
                    json.writeStringField("name", part.name().get());
                }
                attributes(json, part.attributes());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void attributes(JsonGenerator json, List<TypeDescription.Attribute> attributes) throws IOException {
        for (TypeDescription.Attribute attribute : attributes) {
            json.writeFieldName(attribute.name());
            switch (attribute.value()) {
                case Long number -> json.writeNumber(number);
                case BigInteger number -> json.writeNumber(number);
                default -> json.writeString(attribute.value().toString());
            }
        }
    }
}
