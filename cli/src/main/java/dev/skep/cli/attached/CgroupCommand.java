package dev.skep.cli.attached;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep cgroup}: only its subcommands do something. */
@Command(
        name = "cgroup",
        description = {
            "Shows what is attached to control groups, attaches and detaches.",
            "PROG is one of: id N, name NAME, tag TAG, pinned PATH."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep cgroup tree",
            "  skep cgroup list /sys/fs/cgroup/web --effective",
            "  skep cgroup attach /sys/fs/cgroup/web cgroup_inet_egress name quota multi"
        },
        subcommands = {
            CgroupListCommand.class,
            CgroupTreeCommand.class,
            CgroupAttachCommand.class,
            CgroupDetachCommand.class
        })
public final class CgroupCommand extends CommandGroup {}
