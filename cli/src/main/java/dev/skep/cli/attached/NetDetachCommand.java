package dev.skep.cli.attached;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.LastingAttachment;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.NetworkPoint;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep net detach}. */
@Command(
        name = "detach",
        description = {
            "Detaches from an interface what is attached without a link: the XDP program, or the one named of a TCX row.",
            "TYPE is one of: xdp, xdpgeneric, xdpdrv, xdpoffload, tcx_ingress PROG, tcx_egress PROG."
        },
        customSynopsis = "skep net detach TYPE [PROG] dev INTERFACE",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  skep net detach xdp dev eth0", "  skep net detach tcx_ingress name firewall dev eth0"})
final class NetDetachCommand extends KernelCommand {
    @Parameters(arity = "1..*", paramLabel = "WORD", description = "As the synopsis says.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        Words reading = words(words);
        InterfacePlace place = InterfacePlace.read(reading);
        Optional<ObjectReference> reference = reading.peek().equals(Optional.of("dev"))
                ? Optional.empty()
                : Optional.of(ObjectReference.read(reading, ObjectKind.PROGRAM));
        reading.require("dev");
        NetworkPoint point = place.of(reading.next("the interface"));
        reading.end();
        if (point instanceof NetworkPoint.Xdp xdp && reference.isEmpty()) {
            LastingAttachment.detach(xdp);
            return;
        }
        if (point instanceof NetworkPoint.Xdp || reference.isEmpty()) {
            throw reading.wrong(
                    reference.isEmpty()
                            ? "there may be several programs: name the one to detach before 'dev'"
                            : "there is one XDP program only, which is not named");
        }
        try (LinuxProgram program = reference.get().program()) {
            LastingAttachment.detach(program, point);
        }
    }
}
