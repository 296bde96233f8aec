package dev.skep.cli.kernel;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.linux.info.Holder;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.Pin;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.MountTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who keeps objects in the kernel: processes by their descriptors, and pins in any bpf file system that is mounted here. */
public final class Keepers {
    private final Map<Holder.Held, List<Holder>> holders;
    private final Map<Holder.Held, List<Path>> pins;

    private Keepers(Map<Holder.Held, List<Holder>> holders, Map<Holder.Held, List<Path>> pins) {
        this.holders = holders;
        this.pins = pins;
    }

    /** Looks at all processes and all pins. @throws dev.skep.object.host.HostException if the kernel refuses */
    public static Keepers look() {
        Map<Holder.Held, List<Path>> pins = new HashMap<>();
        MountTable.of(MachineFiles.OF_THIS_MACHINE).mounts().stream()
                .filter(mount -> mount.type().equals("bpf"))
                .map(mount -> Path.of(mount.place()))
                .distinct()
                .flatMap(place -> Pin.all(place).stream())
                .forEach(pin -> pins.computeIfAbsent(new Holder.Held(pin.kind(), pin.id()), _ -> new ArrayList<>())
                        .add(pin.path()));
        return new Keepers(Holder.all(), pins);
    }

    /** The processes that hold an object. */
    public List<Holder> holders(ObjectKind kind, int id) {
        return holders.getOrDefault(new Holder.Held(kind, id), List.of());
    }

    /** Where an object is pinned. */
    public List<Path> pins(ObjectKind kind, int id) {
        return pins.getOrDefault(new Holder.Held(kind, id), List.of());
    }

    /** In one cell of a table: {@code /sys/fs/bpf/firewall java(4711)}; "-" if nobody is known. */
    public String text(ObjectKind kind, int id) {
        List<String> names = new ArrayList<>();
        pins(kind, id).forEach(pin -> names.add(pin.toString()));
        holders(kind, id).forEach(holder -> names.add(holder.command() + "(" + holder.pid() + ")"));
        return names.isEmpty() ? "-" : String.join(" ", names);
    }

    /** Writes the members {@code pinned} and {@code pids}, as bpftool names them. */
    public void write(JsonGenerator json, ObjectKind kind, int id) throws IOException {
        json.writeArrayFieldStart("pinned");
        for (Path pin : pins(kind, id)) {
            json.writeString(pin.toString());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("pids");
        for (Holder holder : holders(kind, id)) {
            json.writeStartObject();
            json.writeNumberField("pid", holder.pid());
            json.writeStringField("comm", holder.command());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
