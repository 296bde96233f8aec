package dev.skep.cli.map;

import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.linux.map.LinuxMap;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep map lookup}. */
@Command(
        name = "lookup",
        description = "Prints the entry of a key. Exit code 1 if there is none.",
        customSynopsis = "skep map lookup MAP key KEY [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map lookup name blocked key hex 0a 00 00 01")
final class MapLookupCommand extends EntryCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    void work(LinuxMap map, Entries entries, Words words) throws IOException {
        byte[] key = entries.readKey(words);
        words.end();
        byte[] value = map.lookup(key).orElseThrow(() -> MissingEntry.of(map, entries, key));
        EntryOutput output = new EntryOutput(entries);
        if (json) {
            JsonWriter.print(out(), generator -> output.write(generator, key, value));
        } else {
            out().println(output.text(key, value));
        }
    }
}
