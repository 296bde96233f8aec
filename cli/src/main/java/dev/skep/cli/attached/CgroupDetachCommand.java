package dev.skep.cli.attached;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.link.AttachWord;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.LastingAttachment;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.NetworkPoint;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep cgroup detach}. */
@Command(
        name = "detach",
        description = "Detaches from a control group a program that is attached without a link.",
        customSynopsis = "skep cgroup detach GROUP TYPE PROG",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep cgroup detach /sys/fs/cgroup/web cgroup_inet_egress name quota")
final class CgroupDetachCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "WORD", description = "As the synopsis says.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        Words reading = words(words);
        NetworkPoint.Cgroup group =
                NetworkPoint.Cgroup.at(reading.next("the group")).hook(AttachWord.read(reading, GroupPrograms.HOOKS));
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.PROGRAM);
        reading.end();
        try (LinuxProgram program = reference.program()) {
            LastingAttachment.detach(program, group);
        }
    }
}
