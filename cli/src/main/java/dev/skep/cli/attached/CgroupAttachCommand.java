package dev.skep.cli.attached;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.link.AttachWord;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.LastingAttachment;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.CgroupSharing;
import dev.skep.object.attach.NetworkPoint;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep cgroup attach}. */
@Command(
        name = "attach",
        description = {
            "Attaches a program to a control group. It stays attached until it is detached, or the group is gone.",
            "TYPE is a hook such as cgroup_inet_ingress. With multi others can be beside it, in this group and below; with override "
                    + "a group below can have another in its place; with neither it is alone."
        },
        customSynopsis = "skep cgroup attach GROUP TYPE PROG [multi|override]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep cgroup attach /sys/fs/cgroup/web cgroup_inet_egress pinned /sys/fs/bpf/quota multi")
final class CgroupAttachCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "WORD", description = "As the synopsis says.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        Words reading = words(words);
        NetworkPoint.Cgroup group =
                NetworkPoint.Cgroup.at(reading.next("the group")).hook(AttachWord.read(reading, GroupPrograms.HOOKS));
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.PROGRAM);
        CgroupSharing sharing = reading.take("multi")
                ? CgroupSharing.MULTI
                : reading.take("override") ? CgroupSharing.OVERRIDE : CgroupSharing.EXCLUSIVE;
        reading.end();
        try (LinuxProgram program = reference.program()) {
            LastingAttachment.attach(program, group.sharing(sharing));
        }
    }
}
