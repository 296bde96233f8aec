package dev.skep.cli.map;

import dev.skep.cli.kernel.Words;
import dev.skep.linux.map.LinuxMap;
import picocli.CommandLine.Command;

/** {@code skep map freeze}. */
@Command(
        name = "freeze",
        description = "Lets no user space program write to the map any more, for as long as it exists.",
        customSynopsis = "skep map freeze MAP",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map freeze name settings")
final class MapFreezeCommand extends EntryCommand {
    @Override
    void work(LinuxMap map, Entries entries, Words words) {
        words.end();
        map.freeze();
    }
}
