package dev.skep.cli.map;

import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.linux.info.ObjectKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep map list}. */
@Command(
        name = "list",
        description = "Lists the maps that are in the kernel.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map list --json")
final class MapListCommand extends KernelCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        print(json, out());
    }

    static void print(boolean json, PrintWriter out) throws IOException {
        MapsOutput output = new MapsOutput(Keepers.look(), out);
        List<KernelMap> maps = KernelMap.withIds(ObjectKind.MAP.ids());
        if (json) {
            output.json(maps);
        } else {
            output.list(maps);
        }
    }
}
