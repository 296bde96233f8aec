package dev.skep.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.types.Global;
import dev.skep.cli.types.MapFlags;
import dev.skep.cli.types.TypeName;
import dev.skep.cli.types.ValueJson;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.core.CoreOutcome;
import dev.skep.object.elf.Section;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.ProgramSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints an {@link Inspection} for programs; docs/inspect.md describes the form. */
final class InspectionJson {
    private final Inspection inspection;
    private final BpfObject object;

    InspectionJson(Inspection inspection) {
        this.inspection = inspection;
        this.object = inspection.object();
    }

    void print(PrintWriter out) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeStringField("object", object.name());
            json.writeStringField("license", object.license());
            array(json, "programs", object.programs(), this::program);
            array(json, "maps", object.maps(), this::map);
            array(json, "globals", Global.of(object), this::global);
            array(json, "externs", object.externs(), InspectionJson::extern);
            array(json, "sections", inspection.elf().sections(), InspectionJson::section);
            types(json);
            json.writeFieldName("core_target");
            if (inspection.target().isPresent()) {
                json.writeString(inspection.target().get().name());
            } else {
                json.writeNull();
            }
            json.writeNumberField("core_relocation_count", inspection.relocationCount());
            array(json, "core_relocations", inspection.outcomes(), InspectionJson::relocation);
        });
    }

    @FunctionalInterface
    private interface Members<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    private static <T> void array(JsonGenerator json, String name, Iterable<T> items, Members<T> members)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T item : items) {
            json.writeStartObject();
            members.write(json, item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void program(JsonGenerator json, ProgramSpec program) throws IOException {
        json.writeStringField("name", program.name());
        json.writeStringField("type", program.type().uapiName());
        json.writeStringField("section", program.section());
        if (program.expectedAttachType().isPresent()) {
            json.writeStringField(
                    "attach_type", program.expectedAttachType().get().uapiName());
        }
        if (program.attachTarget().isPresent()) {
            json.writeStringField("attach_target", program.attachTarget().get());
        }
        json.writeBooleanField("autoload", program.autoload());
        var image = inspection.image(program);
        json.writeNumberField("instructions", image.instructions().slotCount());
        json.writeArrayFieldStart("functions");
        for (var function : image.functions()) {
            json.writeString(function.name());
        }
        json.writeEndArray();
    }

    private void map(JsonGenerator json, MapSpec map) throws IOException {
        json.writeStringField("name", map.name());
        json.writeStringField("type", map.type().uapiName());
        json.writeNumberField("key_size", map.keySize());
        json.writeNumberField("value_size", map.valueSize());
        json.writeNumberField("max_entries", Integer.toUnsignedLong(map.maxEntries()));
        json.writeArrayFieldStart("flags");
        for (String flag : MapFlags.names(map.flags())) {
            json.writeString(flag);
        }
        json.writeEndArray();
        if (map.keyType() != 0) {
            json.writeStringField("key_type", TypeName.of(object.btf(), map.keyType()));
        }
        if (map.valueType() != 0) {
            json.writeStringField("value_type", TypeName.of(object.btf(), map.valueType()));
        }
        json.writeBooleanField("pinned", map.pinning() != MapSpec.Pinning.NONE);
    }

    private void global(JsonGenerator json, Global global) throws IOException {
        json.writeStringField("name", global.name());
        json.writeStringField("section", global.map().name());
        json.writeStringField("type", TypeName.of(object.btf(), global.typeId()));
        json.writeNumberField("size", global.size());
        json.writeFieldName("value");
        ValueJson.write(json, new GlobalValues(object).of(global));
    }

    private static void extern(JsonGenerator json, ExternSpec extern) throws IOException {
        json.writeStringField("name", extern.name());
        json.writeStringField(
                "kind",
                switch (extern) {
                    case ExternSpec.Kconfig _ -> "kconfig";
                    case ExternSpec.KernelVariable _ -> "variable";
                    case ExternSpec.KernelFunction _ -> "function";
                });
        json.writeBooleanField("weak", extern.weak());
    }

    private static void section(JsonGenerator json, Section section) throws IOException {
        json.writeNumberField("index", section.index());
        json.writeStringField("name", section.name());
        json.writeNumberField("size", section.size());
        json.writeNumberField("relocations", section.relocations().size());
    }

    private void types(JsonGenerator json) throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        for (int id = 1; id < object.btf().typeCount(); id++) {
            BtfKind kind = object.btf().kind(id);
            kinds.merge(kind.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        json.writeObjectFieldStart("types");
        for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
            json.writeNumberField(kind.getKey(), kind.getValue());
        }
        json.writeEndObject();
    }

    private static void relocation(JsonGenerator json, Inspection.Outcome outcome) throws IOException {
        CoreOutcome result = outcome.result();
        json.writeStringField("function", outcome.function().name());
        json.writeNumberField("instruction", result.site().slot());
        json.writeStringField("line", result.where().line());
        json.writeStringField("subject", result.subject());
        json.writeStringField("kind", result.site().relocation().kind().label());
        json.writeStringField("status", Inspection.Status.of(result).name().toLowerCase(Locale.ROOT));
        if (result instanceof CoreOutcome.Resolved resolved) {
            json.writeNumberField("old", resolved.oldValue());
            json.writeNumberField("new", resolved.newValue());
        }
        json.writeStringField("message", result.message());
    }
}
