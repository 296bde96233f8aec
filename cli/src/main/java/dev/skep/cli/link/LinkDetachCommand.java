package dev.skep.cli.link;

import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.Holder;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.FoundLink;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep link detach}. */
@Command(
        name = "detach",
        description = {
            "Ends an attachment: detaches the program and removes the link's pins.",
            "Links of some kinds (tracing, perf events, iterators ...) end only with their last holder: if a process holds such a "
                    + "link, it is named, and nothing is removed."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep link detach pinned /sys/fs/bpf/firewall_link")
final class LinkDetachCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "LINK", description = "id N or pinned PATH")
    private List<String> words = List.of();

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.LINK);
        reading.end();
        Keepers keepers = Keepers.look(); // before the link is open here too
        try (FoundLink link = Links.open(reference)) {
            int id = link.info().id();
            if (!link.detach()) {
                requireNoHolders(id, keepers.holders(ObjectKind.LINK, id));
            }
            for (Path pin : keepers.pins(ObjectKind.LINK, id)) {
                Files.delete(pin);
                out().println("removed " + pin);
            }
            out().println("detached link " + id);
        }
    }

    private static void requireNoHolders(int id, List<Holder> holders) {
        if (!holders.isEmpty()) {
            throw new HostException(
                    Errno.EOPNOTSUPP,
                    "link " + id + " is of a kind that detaches with its last holder, and is held by "
                            + holders.stream()
                                    .map(holder -> holder.command() + " (" + holder.pid() + ")")
                                    .collect(Collectors.joining(", "))
                            + "; end that first");
        }
    }
}
