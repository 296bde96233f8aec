package dev.skep.cli.map;

import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.JsonWriter;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.btf.value.BtfValueText;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep map getnext}. */
@Command(
        name = "getnext",
        description =
                "Prints the key that follows a key in the map's order, or the first. Exit code 1 if there is none.",
        customSynopsis = "skep map getnext MAP [key KEY] [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map getnext name counters key 3")
final class MapNextCommand extends EntryCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    void work(LinuxMap map, Entries entries, Words words) throws IOException {
        Optional<byte[]> key = words.isEmpty() ? Optional.empty() : Optional.of(entries.readKey(words));
        words.end();
        byte[] next = map.nextKey(key)
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT, map + (key.isPresent() ? " has no key behind that one" : " is empty")));
        if (json) {
            JsonWriter.print(out(), generator -> new EntryOutput(entries).writeKey(generator, next));
        } else {
            out().println(BtfValueText.of(entries.shownKey(next)));
        }
    }
}
