package dev.skep.cli.map;

import dev.skep.cli.kernel.PinPath;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.map.LinuxMap;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code skep map pin}. */
@Command(
        name = "pin",
        description = "Keeps a map in the kernel by a file in a bpf file system. Removing the file lets go of it.",
        customSynopsis = "skep map pin MAP PATH",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map pin id 12 /sys/fs/bpf/counters")
final class MapPinCommand extends EntryCommand {
    @Override
    void work(LinuxMap map, Entries entries, Words words) {
        Path path = PinPath.read(words);
        words.end();
        map.pin(path);
    }
}
