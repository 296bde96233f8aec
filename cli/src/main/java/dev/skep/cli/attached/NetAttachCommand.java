package dev.skep.cli.attached;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.LastingAttachment;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.NetworkPoint;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep net attach}. */
@Command(
        name = "attach",
        description = {
            "Attaches a program to an interface. It stays attached until it is detached, or the interface is gone.",
            "TYPE is one of: xdp, xdpgeneric, xdpdrv, xdpoffload, tcx_ingress, tcx_egress. With overwrite an XDP program takes the "
                    + "place of the one that is there."
        },
        customSynopsis = "skep net attach TYPE PROG dev INTERFACE [overwrite]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep net attach xdp pinned /sys/fs/bpf/firewall dev eth0")
final class NetAttachCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "WORD", description = "As the synopsis says.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        Words reading = words(words);
        InterfacePlace place = InterfacePlace.read(reading);
        ObjectReference reference = ObjectReference.read(reading, ObjectKind.PROGRAM);
        reading.require("dev");
        NetworkPoint point = place.of(reading.next("the interface"));
        boolean overwrite = point instanceof NetworkPoint.Xdp && reading.take("overwrite");
        reading.end();
        try (LinuxProgram program = reference.program()) {
            if (overwrite && point instanceof NetworkPoint.Xdp xdp) {
                LastingAttachment.replace(program, xdp);
            } else {
                LastingAttachment.attach(program, point);
            }
        }
    }
}
