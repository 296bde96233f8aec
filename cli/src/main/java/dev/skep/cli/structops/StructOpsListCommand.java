package dev.skep.cli.structops;

import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.linux.info.ObjectKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep struct_ops list}. */
@Command(
        name = "list",
        aliases = "show",
        description = "Lists the structures of functions that are in the kernel, and whether it uses them.",
        customSynopsis = "skep struct_ops list [MAP] [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep struct_ops list")
final class StructOpsListCommand extends KernelCommand {
    @Parameters(arity = "0..*", paramLabel = "MAP", description = "Only this one: id N, name NAME or pinned PATH.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        Optional<ObjectReference> reference = ObjectReference.readIfAny(reading, ObjectKind.MAP);
        reading.end();
        Keepers keepers = Keepers.look();
        List<KernelStructure> structures = KernelStructure.meant(reference);
        if (json) {
            JsonWriter.print(out(), generator -> {
                generator.writeArrayFieldStart("struct_ops");
                for (KernelStructure each : structures) {
                    generator.writeStartObject();
                    StructureJson.writeSummary(generator, each, keepers);
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            });
            return;
        }
        Table table = new Table(">ID", "NAME", "STRUCTURE", "REGISTERED", "KEPT BY");
        for (KernelStructure each : structures) {
            int id = each.info().id();
            table.row(id, each.info().name(), each.struct(), each.registration(), keepers.text(ObjectKind.MAP, id));
        }
        table.print(out(), "", Style.detected());
    }
}
