package dev.skep.cli.link;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep link}: only its subcommands do something. */
@Command(
        name = "link",
        description = {
            "Shows the links by which programs are attached, whoever made them, and takes them over: updates, pins, detaches.",
            "LINK is one of: id N, pinned PATH."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep link list",
            "  skep link update pinned /sys/fs/bpf/firewall_link prog pinned /sys/fs/bpf/firewall2",
            "  skep link detach pinned /sys/fs/bpf/firewall_link"
        },
        subcommands = {
            LinkListCommand.class,
            LinkShowCommand.class,
            LinkUpdateCommand.class,
            LinkPinCommand.class,
            LinkDetachCommand.class
        })
public final class LinkCommand extends CommandGroup {}
