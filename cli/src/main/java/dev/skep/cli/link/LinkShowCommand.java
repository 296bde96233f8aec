package dev.skep.cli.link;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.ObjectKind;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep link show}. */
@Command(
        name = "show",
        description = "Shows all that the kernel knows of a link.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep link show pinned /sys/fs/bpf/firewall_link")
final class LinkShowCommand extends KernelCommand {
    @Parameters(arity = "0..*", paramLabel = "LINK", description = "id N or pinned PATH; without it, all are listed.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        if (reading.isEmpty()) {
            LinkListCommand.print(json, out());
            return;
        }
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.LINK);
        reading.end();
        LinksOutput output = new LinksOutput(out()); // before the link is open here too
        LinkInfo link;
        try (var descriptor = reference.open(ObjectKind.LINK)) {
            link = LinkInfo.of(descriptor);
        }
        if (json) {
            output.json(List.of(link));
        } else {
            output.show(link);
        }
    }
}
