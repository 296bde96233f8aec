package dev.skep.cli.map;

import dev.skep.cli.kernel.Words;
import dev.skep.linux.map.LinuxMap;
import picocli.CommandLine.Command;

/** {@code skep map push}. */
@Command(
        name = "push",
        aliases = "enqueue",
        description = "Puts a value into a stack, queue or bloom filter.",
        customSynopsis = "skep map push MAP value VALUE",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map push name jobs value 7")
final class MapPushCommand extends EntryCommand {
    @Override
    void work(LinuxMap map, Entries entries, Words words) {
        byte[] value = entries.readValue(words);
        words.end();
        map.update(new byte[0], value);
    }
}
