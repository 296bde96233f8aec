package dev.skep.cli.map;

import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.linux.map.LinuxMap;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep map pop}. */
@Command(
        name = "pop",
        aliases = "dequeue",
        description = "Takes the next value out of a stack or queue, and prints it. Exit code 1 if it is empty.",
        customSynopsis = "skep map pop MAP [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map pop name jobs")
final class MapPopCommand extends EntryCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    void work(LinuxMap map, Entries entries, Words words) throws IOException {
        words.end();
        byte[] noKey = {};
        byte[] value = map.lookupAndDelete(noKey).orElseThrow(() -> MissingEntry.of(map, entries, noKey));
        EntryOutput output = new EntryOutput(entries);
        if (json) {
            JsonWriter.print(out(), generator -> output.write(generator, noKey, value));
        } else {
            out().println(output.text(noKey, value));
        }
    }
}
