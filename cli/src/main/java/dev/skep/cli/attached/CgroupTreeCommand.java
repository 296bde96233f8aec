package dev.skep.cli.attached;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.MountTable;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep cgroup tree}. */
@Command(
        name = "tree",
        description = "Lists the programs of a control group and all below it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep cgroup tree --json")
final class CgroupTreeCommand extends KernelCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "GROUP",
            description = "Where to begin; without it, where cgroup2 is mounted.")
    private @Nullable Path root;

    @Option(
            names = "--effective",
            description = "List also the programs of the groups above, which run for a group's processes too.")
    private boolean effective;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        List<GroupPrograms> groups;
        try (Stream<Path> tree = Files.walk(root == null ? mounted() : root)) {
            groups = tree.filter(Files::isDirectory)
                    .sorted()
                    .map(group -> GroupPrograms.of(group, effective))
                    .filter(group -> !group.programs().isEmpty())
                    .toList();
        }
        if (json) {
            GroupPrograms.printJson(groups, out());
        } else {
            GroupPrograms.print(groups, out());
        }
    }

    private static Path mounted() {
        return MountTable.of(MachineFiles.OF_THIS_MACHINE)
                .find("cgroup2")
                .map(Path::of)
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT, "cgroup2 is not mounted; mount it with 'mount -t cgroup2 none /sys/fs/cgroup'"));
    }
}
