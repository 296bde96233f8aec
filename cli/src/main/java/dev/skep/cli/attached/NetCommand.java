package dev.skep.cli.attached;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep net}: only its subcommands do something. */
@Command(
        name = "net",
        description = "Shows what is attached to network interfaces.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = "  skep net list",
        subcommands = NetListCommand.class)
public final class NetCommand extends CommandGroup {}
