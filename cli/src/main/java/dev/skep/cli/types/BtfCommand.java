package dev.skep.cli.types;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skep btf}: only its subcommands do something. */
@Command(
        name = "btf",
        description = "Shows BTF types: those of an object file, of the kernel, or of a file with bare BTF.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep btf dump examples/xdp-firewall/firewall.o",
            "  skep btf dump /sys/kernel/btf/vmlinux --type task_struct --format raw"
        },
        subcommands = {BtfDumpCommand.class})
public final class BtfCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what should it do with the types? A COMMAND is missing");
    }
}
