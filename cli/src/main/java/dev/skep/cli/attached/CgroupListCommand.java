package dev.skep.cli.attached;

import dev.skep.cli.kernel.KernelCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep cgroup list}. */
@Command(
        name = "list",
        aliases = "show",
        description =
                "Lists the programs of one control group. Those of the groups above it run for its processes too.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep cgroup list /sys/fs/cgroup/web")
final class CgroupListCommand extends KernelCommand {
    @Parameters(paramLabel = "GROUP", description = "Its directory in the cgroup2 file system.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path group;

    @Option(
            names = "--effective",
            description = "List also the programs of the groups above, which run for a group's processes too.")
    private boolean effective;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        List<GroupPrograms> groups = List.of(GroupPrograms.of(group, effective));
        if (json) {
            GroupPrograms.printJson(groups, out());
        } else {
            GroupPrograms.print(groups, out());
        }
    }
}
