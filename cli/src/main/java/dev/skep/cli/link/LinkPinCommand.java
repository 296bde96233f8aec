package dev.skep.cli.link;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.PinPath;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.FoundLink;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep link pin}. */
@Command(
        name = "pin",
        description =
                "Keeps a link, and so its program attached, by a file in a bpf file system, whatever becomes of the process "
                        + "that made it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep link pin id 7 /sys/fs/bpf/firewall_link")
final class LinkPinCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "LINK PATH", description = "Which link, and where.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        Words reading = words(words);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.LINK);
        Path path = PinPath.read(reading);
        reading.end();
        try (FoundLink link = Links.open(reference)) {
            link.pin(path);
        }
    }
}
