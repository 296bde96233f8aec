package dev.skep.cli.iterator;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.link.LinksOutput;
import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.LinkType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep iter list}. */
@Command(
        name = "list",
        description = "Lists the iterators that are in the kernel: links of type iter.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep iter list --json")
final class IterListCommand extends KernelCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        LinksOutput output = new LinksOutput(out());
        List<LinkInfo> links = LinkInfo.all().stream()
                .filter(link -> link.type().equals(Optional.of(LinkType.ITER)))
                .toList();
        if (json) {
            output.json(links);
        } else {
            output.list(links);
        }
    }
}
