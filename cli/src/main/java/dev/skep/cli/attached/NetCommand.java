package dev.skep.cli.attached;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep net}: only its subcommands do something. */
@Command(
        name = "net",
        description = {
            "Shows what is attached to network interfaces, attaches and detaches.",
            "PROG is one of: id N, name NAME, tag TAG, pinned PATH."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep net list",
            "  skep net attach xdp pinned /sys/fs/bpf/firewall dev eth0",
            "  skep net detach xdp dev eth0"
        },
        subcommands = {NetListCommand.class, NetAttachCommand.class, NetDetachCommand.class})
public final class NetCommand extends CommandGroup {}
