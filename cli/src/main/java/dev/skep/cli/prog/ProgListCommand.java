package dev.skep.cli.prog;

import dev.skep.cli.kernel.Keepers;
import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.output.Style;
import dev.skep.linux.info.ObjectKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep prog list}. */
@Command(
        name = "list",
        description = "Lists the programs that are in the kernel.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep prog list --json")
final class ProgListCommand extends KernelCommand {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    protected void execute() throws IOException {
        print(json, out());
    }

    static void print(boolean json, PrintWriter out) throws IOException {
        Keepers keepers = Keepers.look();
        List<KernelProgram> programs = KernelProgram.withIds(ObjectKind.PROGRAM.ids());
        if (json) {
            new ProgramsJson(keepers).print(programs, out);
        } else {
            new ProgramsText(keepers, Style.detected(), out).list(programs);
        }
    }
}
