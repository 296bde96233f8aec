package dev.skep.cli.link;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.linux.info.LinkInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep link list}. */
@Command(
        name = "list",
        description =
                "Lists the links that are in the kernel: what is attached where, and who or which pin keeps it there.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep link list --json")
final class LinkListCommand extends KernelCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        print(json, out());
    }

    static void print(boolean json, PrintWriter out) throws IOException {
        LinksOutput output = new LinksOutput(out);
        List<LinkInfo> links = LinkInfo.all();
        if (json) {
            output.json(links);
        } else {
            output.list(links);
        }
    }
}
