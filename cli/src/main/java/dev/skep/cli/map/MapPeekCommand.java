package dev.skep.cli.map;

import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.linux.map.LinuxMap;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep map peek}. */
@Command(
        name = "peek",
        description = "Prints the next value of a stack or queue, which stays in it. Exit code 1 if it is empty.",
        customSynopsis = "skep map peek MAP [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map peek name jobs")
final class MapPeekCommand extends EntryCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    void work(LinuxMap map, Entries entries, Words words) throws IOException {
        words.end();
        byte[] noKey = {};
        byte[] value = map.lookup(noKey).orElseThrow(() -> MissingEntry.of(map, entries, noKey));
        EntryOutput output = new EntryOutput(entries);
        if (json) {
            JsonWriter.print(out(), generator -> output.write(generator, noKey, value));
        } else {
            out().println(output.text(noKey, value));
        }
    }
}
