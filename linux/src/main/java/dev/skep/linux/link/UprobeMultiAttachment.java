package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.symbol.BinaryFinder;
import dev.skep.linux.symbol.FunctionResolver;
import dev.skep.linux.symbol.Probeability;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.ProbeMoment;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/**
 * Many places of a program or library by one link (Linux 6.6; entry and return together 6.13). The program is loaded
 * for it: {@code SEC("uprobe.multi")} or {@code SEC("uprobe.session")}.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program,
 *         new ProbePoint.UprobeMulti("libc.so.6", new FunctionSelection.Matching("mem*"), ProbeMoment.ENTRY));
 * }</pre>
 */
final class UprobeMultiAttachment {
    private static final int BPF_F_UPROBE_MULTI_RETURN = 1;

    private UprobeMultiAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.UprobeMulti point) {
        Path binary = BinaryFinder.find(point.binary(), point.pid());
        List<Long> offsets = new FunctionResolver(binary).offsets(point.functions());
        return attach(program, point, point, binary, offsets);
    }

    /**
     * Attaches at file offsets that are known.
     *
     * @param shown what the user called the place
     * @param point says how it is to be probed
     */
    static LinuxLink attach(
            LinuxProgram program, ProbePoint shown, ProbePoint.UprobeMulti point, Path binary, List<Long> offsets) {
        requireAsMany("cookies", point.cookies(), offsets, point);
        requireAsMany("reference counters", point.referenceCounters(), offsets, point);
        Probeability.requireFine(binary, offsets, "attach " + program + " to " + shown.describe());
        AttachType type =
                point.moment() == ProbeMoment.SESSION ? AttachType.TRACE_UPROBE_SESSION : AttachType.TRACE_UPROBE_MULTI;
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.ATTACH_TYPE, type.number())
                    .set(LinkCreate.UPROBE_MULTI_PATH, arena.allocateFrom(binary.toString()))
                    .set(LinkCreate.UPROBE_MULTI_OFFSETS, longs(arena, offsets))
                    .set(LinkCreate.UPROBE_MULTI_REF_CTR_OFFSETS, longs(arena, point.referenceCounters()))
                    .set(LinkCreate.UPROBE_MULTI_COOKIES, longs(arena, point.cookies()))
                    .set(LinkCreate.UPROBE_MULTI_CNT, offsets.size())
                    .set(
                            LinkCreate.UPROBE_MULTI_FLAGS,
                            point.moment() == ProbeMoment.RETURN ? BPF_F_UPROBE_MULTI_RETURN : 0)
                    .set(LinkCreate.UPROBE_MULTI_PID, point.pid().orElse(0));
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (result < 0) {
                throw SystemFailure.refused(
                        result,
                        "attach " + program + " to " + shown.describe(),
                        advice(SystemFailure.errno(result), type));
            }
            return new BpfLink(program, shown, FileDescriptor.owning(result));
        }
    }

    private static void requireAsMany(
            String what, List<Long> numbers, List<Long> offsets, ProbePoint.UprobeMulti point) {
        if (!numbers.isEmpty() && numbers.size() != offsets.size()) {
            throw new HostException(
                    Errno.EINVAL,
                    point.describe() + " are " + offsets.size() + " places, but there are " + numbers.size() + " "
                            + what);
        }
    }

    /** An array for the kernel; empty (a null pointer) for none. */
    static MemorySegment longs(Arena arena, List<Long> numbers) {
        return arena.allocateFrom(
                ValueLayout.JAVA_LONG,
                numbers.stream().mapToLong(Long::longValue).toArray());
    }

    private static String advice(Errno errno, AttachType type) {
        return switch (errno) {
            case EINVAL ->
                "was the program loaded for this, as SEC(\"uprobe.multi\") or SEC(\"uprobe.session\")? "
                        + (type == AttachType.TRACE_UPROBE_SESSION ? "It needs Linux 6.13" : "It needs Linux 6.6");
            case ENOTSUPP, EOPNOTSUPP, ENOEXEC ->
                "one of them begins with an instruction that the kernel cannot replace: choose fewer";
            case ESRCH -> "the process has ended";
            default -> "";
        };
    }
}
