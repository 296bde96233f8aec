package dev.skep.cli.prog;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.output.JsonWriter;
import dev.skep.linux.info.ProgramCode;
import dev.skep.object.instruction.Disassembler;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.FunctionSpec.Line;
import java.io.IOException;
import java.io.PrintWriter;

/** Prints a program's code for programs; docs/prog.md describes the form. */
final class ProgramCodeJson {
    private final ProgramCode code;

    ProgramCodeJson(ProgramCode code) {
        this.code = code;
    }

    void printTranslated(PrintWriter out) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeArrayFieldStart("insns");
            int slot = 0;
            for (Instruction instruction : code.translated()) {
                json.writeStartObject();
                json.writeNumberField("slot", slot);
                json.writeStringField("disasm", Disassembler.text(instruction));
                json.writeEndObject();
                slot += instruction.slots();
            }
            json.writeEndArray();
            functions(json);
            lines(json);
        });
    }

    void printCompiled(PrintWriter out) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeArrayFieldStart("jited");
            for (CompiledPart part : CompiledPart.of(code)) {
                json.writeStartObject();
                json.writeStringField("name", part.symbol());
                json.writeStringField("function", part.name());
                json.writeStringField(
                        "address", "0x" + Long.toHexString(part.function().address()));
                json.writeStringField("tag", part.function().tag().toString());
                json.writeStringField("code", part.function().code().toString());
                json.writeArrayFieldStart("lines");
                for (CompiledPart.Start start : part.lines()) {
                    json.writeStartObject();
                    json.writeNumberField("offset", start.offset());
                    line(json, start.line());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private void functions(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("functions");
        for (ProgramCode.Function function : code.functions()) {
            json.writeStartObject();
            json.writeNumberField("slot", function.slot());
            json.writeStringField("name", function.name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void lines(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("lines");
        for (Line line : code.lines()) {
            json.writeStartObject();
            json.writeNumberField("slot", line.slot());
            line(json, line);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void line(JsonGenerator json, Line line) throws IOException {
        json.writeStringField("file", line.file());
        json.writeNumberField("line", line.line());
        json.writeStringField("src", line.text().strip());
    }
}
