package dev.skep.cli.prog;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep prog}: only its subcommands do something. */
@Command(
        name = "prog",
        description = {
            "Shows the programs that are in the kernel, whoever loaded them, and works with them.",
            "PROG is one of: id N, name NAME, tag TAG, pinned PATH."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep prog list",
            "  skep prog show name firewall",
            "  skep prog dump xlated id 42",
            "  skep prog run pinned /sys/fs/bpf/firewall --data packet.bin"
        },
        subcommands = {
            ProgListCommand.class,
            ProgShowCommand.class,
            ProgDumpCommand.class,
            ProgPinCommand.class,
            ProgAttachCommand.class,
            ProgDetachCommand.class,
            ProgRunCommand.class,
            ProgStatsCommand.class,
            ProgTracelogCommand.class
        })
public final class ProgCommand extends CommandGroup {}
