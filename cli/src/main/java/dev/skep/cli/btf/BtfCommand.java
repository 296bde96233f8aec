package dev.skep.cli.btf;

import dev.skep.cli.kernel.CommandGroup;
import picocli.CommandLine.Command;

/** {@code skep btf}: only its subcommands do something. */
@Command(
        name = "btf",
        description = "Shows BTF types: those of a file, and those that are in the kernel.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep btf list",
            "  skep btf dump examples/xdp-firewall/firewall.o",
            "  skep btf dump /sys/kernel/btf/vmlinux --type task_struct --format raw"
        },
        subcommands = {BtfListCommand.class, BtfDumpCommand.class})
public final class BtfCommand extends CommandGroup {}
