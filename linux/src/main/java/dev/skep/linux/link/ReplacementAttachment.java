package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.BtfInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A program in the place of a global function of another program: {@code freplace} (Linux 5.6; in another program than
 * the one it was loaded for 5.10).
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, new ProbePoint.Replacement("get_skb_len"));
 * }</pre>
 */
final class ReplacementAttachment {
    private ReplacementAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.Replacement point) {
        long result = point.programId().isPresent()
                ? replaceIn(point.programId().getAsInt(), program, point)
                : TracingAttachment.openAsLoaded(program);
        if (result < 0) {
            throw SystemFailure.refused(
                    result, "attach " + program + " to " + point.describe(), advice(SystemFailure.errno(result)));
        }
        return new BpfLink(program, point, FileDescriptor.owning(result));
    }

    private static long replaceIn(int programId, LinuxProgram program, ProbePoint.Replacement point) {
        try (FileDescriptor target = ObjectKind.PROGRAM.open(programId);
                BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.TARGET_FD, target)
                    .set(LinkCreate.TARGET_BTF_ID, functionIn(ProgramInfo.of(target), point));
            return attr.call(BpfCommand.LINK_CREATE);
        }
    }

    private static int functionIn(ProgramInfo target, ProbePoint.Replacement point) {
        Optional<Btf> types = BtfInfo.typesOf(target);
        OptionalInt function =
                types.isPresent() ? types.get().find(point.function(), BtfType.Function.class) : OptionalInt.empty();
        return function.orElseThrow(() -> new HostException(
                Errno.ENOENT,
                "program " + target.id() + " (" + target.name() + ") has no function " + point.function()
                        + (types.isEmpty() ? "; it was loaded without BTF, which names functions" : "")));
    }

    private static String advice(Errno errno) {
        return switch (errno) {
            case EINVAL -> "the function must be a global one, with the arguments and the result of the program's";
            case EBUSY -> "another program has replaced the function";
            default -> "";
        };
    }
}
