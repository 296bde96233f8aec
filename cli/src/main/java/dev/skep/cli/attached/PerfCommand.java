package dev.skep.cli.attached;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep perf}: only its subcommands do something. */
@Command(
        name = "perf",
        description = "Shows programs on perf events that processes hold.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = "  skep perf list",
        subcommands = PerfListCommand.class)
public final class PerfCommand extends CommandGroup {}
