package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.link.ProgAttachLink.Exchange;
import dev.skep.linux.link.ProgAttachLink.Hook;
import dev.skep.linux.link.ProgAttachLink.Target;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;

/**
 * Sockets of a map: programs of type SK_SKB cut what the sockets receive into messages (parser) and decide where each
 * goes (verdict); programs of type SK_MSG decide about what the sockets send. One program of each kind per map.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, NetworkPoint.SocketMap.of(map));
 * }</pre>
 *
 * <p>A link since Linux 6.10 ({@link NetworkLinkKind#SOCKET_MAP}), {@code BPF_PROG_ATTACH} (Linux 4.14) before that.
 */
final class SocketMapAttachment {
    private SocketMapAttachment() {}

    static LinuxLink attach(LinuxProgram program, NetworkPoint.SocketMap point) {
        AttachFailure.requireType(program, point, ProgramType.SK_SKB, ProgramType.SK_MSG);
        LinuxMap map = map(program, point);
        AttachType type = type(program, point);
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.TARGET_FD, map.descriptor())
                    .set(LinkCreate.ATTACH_TYPE, type.number());
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (NetworkLinkKind.SOCKET_MAP.isMissing(result)) {
                return attachWithoutLink(program, point);
            }
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, likelyCause(result));
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    /** The way before links. */
    static LinuxLink attachWithoutLink(LinuxProgram program, NetworkPoint.SocketMap point) {
        AttachFailure.requireType(program, point, ProgramType.SK_SKB, ProgramType.SK_MSG);
        LinuxMap map = map(program, point);
        AttachType type = type(program, point);
        refuseToReplace(program, point, map, type);
        Holdings holdings = new Holdings();
        try {
            Target target = new Target.Object(holdings.hold(map.descriptor().duplicate()));
            FileDescriptor attached = holdings.hold(program.descriptor().duplicate());
            Hook hook = new Hook(target, type, 0, Exchange.BY_ATTACHING, true);
            long result = hook.attach(attached);
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, likelyCause(result));
            }
            return new ProgAttachLink(program, point, holdings, attached, hook);
        } catch (RuntimeException e) {
            holdings.close();
            throw e;
        }
    }

    static LinuxMap map(LinuxProgram program, NetworkPoint.SocketMap point) {
        if (!(point.map() instanceof LinuxMap map)) {
            throw AttachFailure.because(Errno.EINVAL, program, point, "the map is not one of the kernel's");
        }
        MapType type = map.spec().type();
        if (type != MapType.SOCKMAP && type != MapType.SOCKHASH) {
            String problem = "map " + map.spec().name() + " is of type " + type + ": it must be SOCKMAP or SOCKHASH";
            throw AttachFailure.because(Errno.EINVAL, program, point, problem);
        }
        return map;
    }

    static AttachType type(LinuxProgram program, NetworkPoint.SocketMap point) {
        if (program.spec().type() == ProgramType.SK_MSG) {
            return AttachType.SK_MSG_VERDICT;
        }
        return point.hook()
                .or(() -> program.spec().expectedAttachType())
                .orElseThrow(() -> AttachFailure.because(
                        Errno.EINVAL,
                        program,
                        point,
                        "it does not say whether it is a parser or a verdict; name its section sk_skb/stream_parser, "
                                + "sk_skb/stream_verdict or sk_skb/verdict"));
    }

    /**
     * The kernel would silently put this program in the other's place. Before Linux 5.18 it does not tell whether there
     * is one (EINVAL), nor for a map without sockets (EOPNOTSUPP), which it is then asked to attach to and refuses.
     */
    private static void refuseToReplace(
            LinuxProgram program, NetworkPoint.SocketMap point, LinuxMap map, AttachType type) {
        AttachedPrograms there;
        try {
            there = map.descriptor().with(number -> AttachedPrograms.at(number, type));
        } catch (HostException e) {
            if (e.errno() == Errno.EINVAL || e.errno() == Errno.EOPNOTSUPP) {
                return;
            }
            throw e;
        }
        if (there.programs().stream().anyMatch(id -> id != 0)) {
            throw AttachFailure.refused(Errno.EBUSY.negated(), program, point, likelyCause(Errno.EBUSY.negated()));
        }
    }

    /** By the refusals of net/core/sock_map.c. */
    private static String likelyCause(long result) {
        return switch (SystemFailure.errno(result)) {
            case EBUSY ->
                "a program of this kind is attached to the map already, or a stream verdict and a plain "
                        + "verdict, which exclude each other";
            case EOPNOTSUPP, EINVAL -> "the kernel needs CONFIG_NET_SOCK_MSG, for parsers CONFIG_BPF_STREAM_PARSER";
            default -> "";
        };
    }
}
