package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.link.ProgAttachLink.Exchange;
import dev.skep.linux.link.ProgAttachLink.Hook;
import dev.skep.linux.link.ProgAttachLink.Target;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.nio.file.Path;

/**
 * Network namespaces: a program of type SK_LOOKUP chooses the socket for each packet that would open a connection or is
 * for an unconnected socket (several, in the order of attaching); one of type FLOW_DISSECTOR tells what belongs to one
 * flow (only one).
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, NetworkPoint.NetworkNamespace.OWN);
 * }</pre>
 *
 * <p>Links since Linux 5.9 ({@link NetworkLinkKind#SK_LOOKUP}) and 5.8 ({@link NetworkLinkKind#FLOW_DISSECTOR}). Before
 * that a flow dissector takes {@code BPF_PROG_ATTACH} (Linux 4.20), which reaches the calling thread's namespace only.
 */
final class NamespaceAttachment {
    private static final Path OWN = Path.of("/proc/thread-self/ns/net");

    private NamespaceAttachment() {}

    static LinuxLink attach(LinuxProgram program, NetworkPoint.NetworkNamespace point) {
        AttachFailure.requireType(program, point, ProgramType.SK_LOOKUP, ProgramType.FLOW_DISSECTOR);
        boolean lookup = program.spec().type() == ProgramType.SK_LOOKUP;
        AttachType type = lookup ? AttachType.SK_LOOKUP : AttachType.FLOW_DISSECTOR;
        NetworkLinkKind kind = lookup ? NetworkLinkKind.SK_LOOKUP : NetworkLinkKind.FLOW_DISSECTOR;
        Path path = point.path().map(Path::of).orElse(OWN);
        try (FileDescriptor namespace = FileDescriptor.open(path, FileDescriptor.O_RDONLY);
                BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.TARGET_FD, namespace)
                    .set(LinkCreate.ATTACH_TYPE, type.number());
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (kind.isMissing(result)) {
                return withoutLink(program, point, kind);
            }
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, likelyCause(result, point, lookup));
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    private static LinuxLink withoutLink(
            LinuxProgram program, NetworkPoint.NetworkNamespace point, NetworkLinkKind kind) {
        if (kind == NetworkLinkKind.SK_LOOKUP) {
            throw AttachFailure.needs(kind, program, point, "a program for socket lookup");
        }
        if (point.path().isPresent()) {
            throw AttachFailure.needs(kind, program, point, "a flow dissector in another network namespace");
        }
        return attachFlowDissector(program, point);
    }

    /** The way before links, in the calling thread's namespace. */
    static LinuxLink attachFlowDissector(LinuxProgram program, NetworkPoint.NetworkNamespace point) {
        refuseToReplace(program, point);
        Holdings holdings = new Holdings();
        try {
            HeldNamespace namespace = holdings.hold(HeldNamespace.own());
            FileDescriptor attached = holdings.hold(program.descriptor().duplicate());
            Target target = new Target.Namespace(namespace);
            Hook hook = new Hook(target, AttachType.FLOW_DISSECTOR, 0, Exchange.BY_ATTACHING, true);
            long result = hook.attach(attached);
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, likelyCause(result, point, false));
            }
            return new ProgAttachLink(program, point, holdings, attached, hook);
        } catch (RuntimeException e) {
            holdings.close();
            throw e;
        }
    }

    /** The kernel would silently put this program in the place of the one attached in the same way. */
    private static void refuseToReplace(LinuxProgram program, NetworkPoint.NetworkNamespace point) {
        try (FileDescriptor namespace = FileDescriptor.open(OWN, FileDescriptor.O_RDONLY)) {
            AttachedPrograms there = AttachedPrograms.at(namespace.number(), AttachType.FLOW_DISSECTOR);
            if (!there.programs().isEmpty()) {
                String reason =
                        "program " + there.programs().getFirst() + " is its flow dissector, and there is one only";
                throw AttachFailure.because(Errno.EEXIST, program, point, reason);
            }
        }
    }

    /** By the refusals of kernel/bpf/net_namespace.c and net/core/flow_dissector.c. */
    private static String likelyCause(long result, NetworkPoint.NetworkNamespace point, boolean lookup) {
        return switch (SystemFailure.errno(result)) {
            case EEXIST ->
                "a flow dissector is attached here or in the initial namespace, whose dissector is everybody's; "
                        + "or, in the initial one, in any other";
            case E2BIG -> lookup ? "64 programs are attached already" : "a flow dissector is attached already";
            case EINVAL ->
                point.describe() + " may be no network namespace: it is a file under /run/netns or /proc/PID/ns/net";
            default -> "";
        };
    }
}
