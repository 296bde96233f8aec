package dev.skep.cli.structops;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep struct_ops}: only its subcommands do something. */
@Command(
        name = "struct_ops",
        description = {
            "Works with struct_ops: structures of kernel functions that programs implement, such as a TCP congestion control.",
            "MAP is one of: id N, name NAME, pinned PATH."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep struct_ops list",
            "  skep struct_ops register congestion.o /sys/fs/bpf/congestion",
            "  skep struct_ops unregister name congestion"
        },
        subcommands = {
            StructOpsListCommand.class,
            StructOpsDumpCommand.class,
            StructOpsRegisterCommand.class,
            StructOpsUnregisterCommand.class
        })
public final class StructOpsCommand extends CommandGroup {}
