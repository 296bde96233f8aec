package dev.skep.cli.btf;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.kernel.Ids;
import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.linux.info.BtfInfo;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.system.FileDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep btf list}. */
@Command(
        name = "list",
        aliases = "show",
        description =
                "Lists the sets of types that are in the kernel: its own, its modules', and those that loaders brought.",
        customSynopsis = "skep btf list [id N] [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep btf list --json")
final class BtfListCommand extends KernelCommand {
    @Parameters(arity = "0..*", paramLabel = "id N", description = "Only this set of types.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        Optional<Integer> only = reading.take("id") ? Optional.of((int) reading.number("the id")) : Optional.empty();
        reading.end();
        Keepers keepers = Keepers.look();
        List<ProgramInfo> programs = ProgramInfo.all();
        List<MapInfo> maps = MapInfo.all();
        List<Row> rows = wanted(only).stream()
                .map(types -> new Row(
                        types,
                        programs.stream()
                                .filter(program -> program.btfId() == types.id())
                                .map(ProgramInfo::id)
                                .toList(),
                        maps.stream()
                                .filter(map -> map.btfId() == types.id())
                                .map(MapInfo::id)
                                .toList()))
                .toList();
        if (json) {
            print(rows, keepers);
            return;
        }
        Table table = new Table(">ID", "NAME", ">BYTES", "PROGRAMS", "MAPS", "KEPT BY");
        for (Row row : rows) {
            table.row(
                    row.types.id(),
                    row.name(),
                    row.types.size(),
                    Ids.text(row.programs),
                    Ids.text(row.maps),
                    keepers.text(ObjectKind.BTF, row.types.id()));
        }
        table.print(out(), "", Style.detected());
    }

    private static List<BtfInfo> wanted(Optional<Integer> only) {
        if (only.isEmpty()) {
            return BtfInfo.all();
        }
        try (FileDescriptor descriptor = ObjectKind.BTF.open(only.get())) {
            return List.of(BtfInfo.of(descriptor));
        }
    }

    private record Row(BtfInfo types, List<Integer> programs, List<Integer> maps) {
        private String name() {
            return types.name().isEmpty() ? "-" : "[" + types.name() + "]";
        }
    }

    private void print(List<Row> rows, Keepers keepers) throws IOException {
        JsonWriter.print(out(), generator -> {
            generator.writeArrayFieldStart("btf");
            for (Row row : rows) {
                generator.writeStartObject();
                generator.writeNumberField("id", row.types.id());
                generator.writeNumberField("size", row.types.size());
                generator.writeStringField("name", row.types.name());
                generator.writeBooleanField("kernel", row.types.kernel());
                numbers(generator, "prog_ids", row.programs);
                numbers(generator, "map_ids", row.maps);
                keepers.write(generator, ObjectKind.BTF, row.types.id());
                generator.writeEndObject();
            }
            generator.writeEndArray();
        });
    }

    private static void numbers(JsonGenerator generator, String name, List<Integer> ids) throws IOException {
        generator.writeArrayFieldStart(name);
        for (int id : ids) {
            generator.writeNumber(id);
        }
        generator.writeEndArray();
    }
}
