package dev.skep.cli.map;

import dev.skep.cli.kernel.Words;
import dev.skep.linux.map.LinuxMap;
import picocli.CommandLine.Command;

/** {@code skep map delete}. */
@Command(
        name = "delete",
        description = "Removes the entry of a key. Exit code 1 if there is none.",
        customSynopsis = "skep map delete MAP key KEY",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map delete id 12 key 3")
final class MapDeleteCommand extends EntryCommand {
    @Override
    void work(LinuxMap map, Entries entries, Words words) {
        byte[] key = entries.readKey(words);
        words.end();
        if (!map.delete(key)) {
            throw MissingEntry.of(map, entries, key);
        }
    }
}
