package dev.skep.cli.iterator;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep iter}: only its subcommands do something. */
@Command(
        name = "iter",
        description =
                "Works with iterators: programs that the kernel calls for each thing of a kind (task, map, socket ...) when "
                        + "somebody reads, and that write what is read.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep iter run examples/map-iterator/maps.o",
            "  skep iter pin examples/map-iterator/maps.o /sys/fs/bpf/maps && cat /sys/fs/bpf/maps"
        },
        subcommands = {IterRunCommand.class, IterPinCommand.class, IterReadCommand.class, IterListCommand.class})
public final class IterCommand extends CommandGroup {}
