package dev.skep.cli.link;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.linux.info.Holder;
import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.LinkPlace;
import dev.skep.linux.info.LinkType;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.system.FileDescriptor;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints links: a line for each, all that is known of them, or JSON with bpftool's names. */
public final class LinksOutput {
    private final Keepers keepers = Keepers.look();
    private final InterfaceNames interfaces = InterfaceNames.look();
    private final PrintWriter out;

    /** Looks at who keeps links, and at the interfaces. */
    public LinksOutput(PrintWriter out) {
        this.out = out;
    }

    /** A line for each. */
    public void list(List<LinkInfo> links) {
        Table table = new Table(">ID", "TYPE", "PROGRAM", "ATTACHED TO", "KEPT BY");
        PlaceText places = new PlaceText(interfaces);
        for (LinkInfo link : links) {
            table.row(
                    link.id(),
                    type(link),
                    program(link),
                    places.of(link.place()),
                    keepers.text(ObjectKind.LINK, link.id()));
        }
        table.print(out, "", Style.detected());
    }

    void show(LinkInfo link) {
        out.println(Style.detected().bold("link " + link.id()));
        line("type", type(link));
        line("program", program(link));
        line("place", new PlaceText(interfaces).of(link.place()));
        keepers.pins(ObjectKind.LINK, link.id()).forEach(pin -> line("pinned", pin.toString()));
        for (Holder holder : keepers.holders(ObjectKind.LINK, link.id())) {
            line("held by", holder.command() + " (" + holder.pid() + ")");
        }
    }

    private void line(String label, String text) {
        out.printf("  %-8s %s%n", label, text);
    }

    private static String type(LinkInfo link) {
        return link.type().map(LinkType::word).orElse("type " + link.typeNumber());
    }

    /** Its id and, while it is there, its name. */
    private static String program(LinkInfo link) {
        return link.programId() == 0
                ? "-"
                : ObjectKind.PROGRAM
                        .find(link.programId())
                        .map(descriptor -> {
                            try (FileDescriptor open = descriptor) {
                                return link.programId() + " "
                                        + ProgramInfo.of(open).name();
                            }
                        })
                        .orElse(String.valueOf(link.programId()));
    }

    private static @Nullable String programType(LinkInfo link) {
        return ObjectKind.PROGRAM
                .find(link.programId())
                .flatMap(descriptor -> {
                    try (FileDescriptor open = descriptor) {
                        return ProgramInfo.of(open).type();
                    }
                })
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .orElse(null);
    }

    /** One JSON object. */
    public void json(List<LinkInfo> links) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeArrayFieldStart("links");
            for (LinkInfo link : links) {
                write(json, link);
            }
            json.writeEndArray();
        });
    }

    private void write(JsonGenerator json, LinkInfo link) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", link.id());
        json.writeStringField("type", type(link));
        json.writeNumberField("prog_id", link.programId());
        if (link.place() instanceof LinkPlace.Tracing) {
            json.writeStringField("prog_type", programType(link));
        }
        new PlaceJson(interfaces, json).write(link.place());
        keepers.write(json, ObjectKind.LINK, link.id());
        json.writeEndObject();
    }
}
