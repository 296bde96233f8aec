package dev.skep.cli.structops;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.types.ValueJson;
import dev.skep.linux.info.ObjectKind;
import java.io.IOException;

/** Writes structures as members of JSON objects, with bpftool's names where it has them; docs/struct_ops.md describes the form. */
final class StructureJson {
    private StructureJson() {}

    static void writeSummary(JsonGenerator json, KernelStructure structure, Keepers keepers) throws IOException {
        json.writeNumberField("id", structure.info().id());
        json.writeStringField("name", structure.info().name());
        json.writeStringField("kernel_struct_ops", structure.struct());
        json.writeStringField("state", structure.state());
        json.writeArrayFieldStart("link_ids");
        for (int link : structure.links()) {
            json.writeNumber(link);
        }
        json.writeEndArray();
        keepers.write(json, ObjectKind.MAP, structure.info().id());
    }

    static void writeValue(JsonGenerator json, KernelStructure structure) throws IOException {
        json.writeFieldName("value");
        ValueJson.write(json, structure.value());
    }
}
