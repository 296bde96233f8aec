package dev.skep.cli.prog;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.link.BoundDevice;
import dev.skep.cli.output.JsonWriter;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Prints programs for programs, with bpftool's names for what bpftool shows; docs/prog.md describes the form. */
final class ProgramsJson {
    private final Keepers keepers;

    ProgramsJson(Keepers keepers) {
        this.keepers = keepers;
    }

    void print(List<KernelProgram> programs, PrintWriter out) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeArrayFieldStart("programs");
            for (KernelProgram program : programs) {
                write(json, program);
            }
            json.writeEndArray();
        });
    }

    private void write(JsonGenerator json, KernelProgram program) throws IOException {
        ProgramInfo info = program.info();
        json.writeStartObject();
        json.writeNumberField("id", info.id());
        json.writeStringField("type", program.type());
        json.writeStringField("name", info.name());
        json.writeStringField("tag", info.tag().toString());
        json.writeBooleanField("gpl_compatible", info.gplCompatible());
        json.writeNumberField("loaded_at", program.loaded().getEpochSecond());
        json.writeNumberField("uid", Integer.toUnsignedLong(info.createdBy()));
        json.writeNumberField("bytes_xlated", info.translatedLength());
        json.writeBooleanField("jited", info.compiledLength() > 0);
        json.writeNumberField("bytes_jited", info.compiledLength());
        json.writeNumberField("bytes_memlock", program.memory());
        json.writeNumberField("verified_insns", info.verifiedInstructions());
        json.writeNumberField("run_time_ns", info.runs().time().toNanos());
        json.writeNumberField("run_cnt", info.runs().runs());
        json.writeNumberField("recursion_misses", info.runs().missed());
        json.writeArrayFieldStart("map_ids");
        for (int map : info.mapIds()) {
            json.writeNumber(map);
        }
        json.writeEndArray();
        json.writeNumberField("btf_id", info.btfId());
        if (info.device().isPresent()) {
            BoundDevice.write(json, info.device().get());
        }
        keepers.write(json, ObjectKind.PROGRAM, info.id());
        json.writeEndObject();
    }
}
