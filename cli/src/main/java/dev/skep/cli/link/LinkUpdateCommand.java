package dev.skep.cli.link;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.link.FoundLink;
import dev.skep.linux.program.LinuxProgram;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep link update}. */
@Command(
        name = "update",
        description = "Puts another program in the place of the one that a link attaches, without a gap.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep link update pinned /sys/fs/bpf/firewall_link prog name firewall2")
final class LinkUpdateCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "LINK prog PROG", description = "Which link, and the program to attach.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        Words reading = words(words);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.LINK);
        reading.require("prog");
        ObjectReference program = ObjectReference.read(reading, ObjectKind.PROGRAM);
        reading.end();
        try (FoundLink link = Links.open(reference);
                var descriptor = program.open(ObjectKind.PROGRAM);
                LinuxProgram replacement =
                        new LinuxProgram(ProgramInfo.of(descriptor).spec(), descriptor)) {
            int before = link.info().programId();
            link.update(replacement);
            out().println("link " + link.info().id() + " attaches program "
                    + link.info().programId() + " instead of " + before);
        }
    }
}
