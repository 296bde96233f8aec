package dev.skep.cli.map;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.kernel.KernelBtf;
import dev.skep.cli.link.BoundDevice;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.cli.types.MapFlags;
import dev.skep.cli.types.TypeName;
import dev.skep.linux.info.Holder;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.object.btf.Btf;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Prints maps: a line for each, all that is known of them, or JSON with bpftool's names. */
final class MapsOutput {
    private final Keepers keepers;
    private final PrintWriter out;

    /** @param keepers found before the maps were opened */
    MapsOutput(Keepers keepers, PrintWriter out) {
        this.keepers = keepers;
        this.out = out;
    }

    void list(List<KernelMap> maps) {
        Table table = new Table(">ID", "TYPE", "NAME", ">KEY", ">VALUE", ">ENTRIES", "FLAGS", ">MEMORY", "KEPT BY");
        for (KernelMap map : maps) {
            MapInfo info = map.info();
            table.row(
                    info.id(),
                    map.type(),
                    info.name().isEmpty() ? "-" : info.name(),
                    Integer.toUnsignedString(info.keySize()),
                    Integer.toUnsignedString(info.valueSize()),
                    Integer.toUnsignedString(info.maxEntries()),
                    flags(map),
                    map.notes().memory(),
                    keepers.text(ObjectKind.MAP, info.id()));
        }
        table.print(out, "", Style.detected());
    }

    private static String flags(KernelMap map) {
        String flags = String.join(" ", MapFlags.names(map.info().flags()));
        String frozen = map.notes().frozen() ? "frozen" : "";
        String all = flags + (flags.isEmpty() || frozen.isEmpty() ? "" : " ") + frozen;
        return all.isEmpty() ? "-" : all;
    }

    void show(KernelMap map) throws IOException {
        MapInfo info = map.info();
        Btf types = KernelBtf.of(info.btfId());
        out.println(Style.detected().bold("map " + info.id() + (info.name().isEmpty() ? "" : ": " + info.name())));
        line("type", map.type());
        line("key", part(types, info.keyType(), info.keySize()));
        line("value", part(types, info.valueType(), info.valueSize()));
        line("entries", "at most " + Integer.toUnsignedString(info.maxEntries()));
        line("flags", flags(map));
        line("memory", map.notes().memory() + " bytes");
        line("BTF", info.btfId() == 0 ? "none" : String.valueOf(info.btfId()));
        info.device().ifPresent(device -> line("device", BoundDevice.text(device)));
        keepers.pins(ObjectKind.MAP, info.id()).forEach(pin -> line("pinned", pin.toString()));
        for (Holder holder : keepers.holders(ObjectKind.MAP, info.id())) {
            line("held by", holder.command() + " (" + holder.pid() + ")");
        }
    }

    private static String part(Btf types, int type, int size) {
        return Integer.toUnsignedString(size) + " bytes" + (type == 0 ? "" : ", " + TypeName.of(types, type));
    }

    private void line(String label, String text) {
        out.printf("  %-8s %s%n", label, text);
    }

    void json(List<KernelMap> maps) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeArrayFieldStart("maps");
            for (KernelMap map : maps) {
                write(json, map);
            }
            json.writeEndArray();
        });
    }

    private void write(JsonGenerator json, KernelMap map) throws IOException {
        MapInfo info = map.info();
        json.writeStartObject();
        json.writeNumberField("id", info.id());
        json.writeStringField("type", map.type());
        json.writeStringField("name", info.name());
        json.writeNumberField("flags", Integer.toUnsignedLong(info.flags()));
        json.writeNumberField("bytes_key", Integer.toUnsignedLong(info.keySize()));
        json.writeNumberField("bytes_value", Integer.toUnsignedLong(info.valueSize()));
        json.writeNumberField("max_entries", Integer.toUnsignedLong(info.maxEntries()));
        json.writeNumberField("map_extra", info.mapExtra());
        json.writeNumberField("bytes_memlock", map.notes().memory());
        json.writeNumberField("frozen", map.notes().frozen() ? 1 : 0);
        json.writeNumberField("btf_id", info.btfId());
        if (info.device().isPresent()) {
            BoundDevice.write(json, info.device().get());
        }
        keepers.write(json, ObjectKind.MAP, info.id());
        json.writeEndObject();
    }
}
