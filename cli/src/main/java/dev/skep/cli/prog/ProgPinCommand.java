package dev.skep.cli.prog;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.PinPath;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.program.LinuxProgram;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep prog pin}. */
@Command(
        name = "pin",
        description = "Keeps a program in the kernel by a file in a bpf file system. Removing the file lets go of it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep prog pin id 42 /sys/fs/bpf/firewall")
final class ProgPinCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "PROG PATH", description = "Which program, and where.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        Words reading = words(words);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.PROGRAM);
        Path path = PinPath.read(reading);
        reading.end();
        try (LinuxProgram program = reference.program()) {
            program.pin(path);
        }
    }
}
