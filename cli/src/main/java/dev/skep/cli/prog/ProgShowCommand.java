package dev.skep.cli.prog;

import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.output.Style;
import dev.skep.linux.info.ObjectKind;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skep prog show}. */
@Command(
        name = "show",
        description = "Shows all that the kernel knows of a program, or of several of the same name or tag.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep prog show name firewall")
final class ProgShowCommand extends KernelCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "PROG",
            description = "id N, name NAME, tag TAG or pinned PATH; without it, all are listed.")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        Words reading = words(words);
        if (reading.isEmpty()) {
            ProgListCommand.print(json, out());
            return;
        }
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.PROGRAM);
        reading.end();
        Keepers keepers = Keepers.look();
        List<KernelProgram> programs = KernelProgram.withIds(reference.ids(ObjectKind.PROGRAM));
        reference.requireFound(programs, ObjectKind.PROGRAM);
        if (json) {
            new ProgramsJson(keepers).print(programs, out());
        } else {
            programs.forEach(new ProgramsText(keepers, Style.detected(), out())::show);
        }
    }
}
