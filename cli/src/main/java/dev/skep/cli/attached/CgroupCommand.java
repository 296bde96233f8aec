package dev.skep.cli.attached;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep cgroup}: only its subcommands do something. */
@Command(
        name = "cgroup",
        description = "Shows what is attached to control groups.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  skep cgroup tree", "  skep cgroup list /sys/fs/cgroup/web"},
        subcommands = {CgroupListCommand.class, CgroupTreeCommand.class})
public final class CgroupCommand extends CommandGroup {}
