package dev.skep.cli.map;

import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.host.BpfMap;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep map dump}. */
@Command(
        name = "dump",
        description = "Prints every entry of a map.",
        customSynopsis = "skep map dump MAP [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map dump name counters")
final class MapDumpCommand extends EntryCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    void work(LinuxMap map, Entries entries, Words words) throws IOException {
        words.end();
        EntryOutput output = new EntryOutput(entries);
        List<BpfMap.Entry> all = map.entries();
        if (json) {
            JsonWriter.print(out(), generator -> {
                generator.writeArrayFieldStart("entries");
                for (BpfMap.Entry entry : all) {
                    generator.writeStartObject();
                    output.write(generator, entry.key(), entry.value());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            });
        } else {
            all.forEach(entry -> out().println(output.text(entry.key(), entry.value())));
        }
    }
}
