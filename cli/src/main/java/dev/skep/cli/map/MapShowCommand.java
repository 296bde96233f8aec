package dev.skep.cli.map;

import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.ObjectKind;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep map show}. */
@Command(
        name = "show",
        description = "Shows all that the kernel knows of a map, or of several of the same name.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map show name counters")
final class MapShowCommand extends KernelCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "MAP",
            description = "id N, name NAME or pinned PATH; without it, all are listed.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        if (reading.isEmpty()) {
            MapListCommand.print(json, out());
            return;
        }
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.MAP);
        reading.end();
        MapsOutput output = new MapsOutput(Keepers.look(), out());
        List<KernelMap> maps = KernelMap.withIds(reference.ids(ObjectKind.MAP));
        reference.requireFound(maps, ObjectKind.MAP);
        if (json) {
            output.json(maps);
            return;
        }
        for (KernelMap map : maps) {
            output.show(map);
        }
    }
}
