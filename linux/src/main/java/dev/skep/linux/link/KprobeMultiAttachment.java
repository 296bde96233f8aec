package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.symbol.KernelSymbols;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.linux.tracefs.TraceFs;
import dev.skep.object.attach.FunctionSelection;
import dev.skep.object.attach.ProbeMoment;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Many functions of the kernel by one link (Linux 5.18; entry and return together 6.10). The program is loaded for it:
 * {@code SEC("kprobe.multi")} or {@code SEC("kprobe.session")}. A pattern needs tracefs, which knows the functions that
 * can be probed so.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program,
 *         new ProbePoint.KprobeMulti(new FunctionSelection.Matching("vfs_*"), ProbeMoment.ENTRY, List.of()));
 * }</pre>
 */
final class KprobeMultiAttachment {
    private static final int BPF_F_KPROBE_MULTI_RETURN = 1;

    private KprobeMultiAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.KprobeMulti point) {
        String attempted = "attach " + program + " to " + point.describe();
        KprobeAttachment.requireConfigured(attempted, "CONFIG_KPROBES", "CONFIG_FPROBE");
        return switch (point.functions()) {
            case FunctionSelection.At(List<Long> addresses) -> create(program, point, List.of(), addresses);
            case FunctionSelection.Named(List<String> names) -> create(program, point, names, List.of());
            case FunctionSelection.Matching pattern -> create(program, point, matching(pattern, attempted), List.of());
        };
    }

    private static List<String> matching(FunctionSelection.Matching pattern, String attempted) {
        List<String> traceable = TraceFs.require(attempted).traceableFunctions();
        List<String> names =
                traceable.stream().filter(pattern::matches).sorted().toList();
        if (names.isEmpty()) {
            throw new HostException(
                    Errno.ENOENT,
                    "cannot " + attempted + ": none of the " + traceable.size()
                            + " functions in available_filter_functions matches");
        }
        return names;
    }

    private static LinuxLink create(
            LinuxProgram program, ProbePoint.KprobeMulti point, List<String> names, List<Long> addresses) {
        int count = Math.max(names.size(), addresses.size());
        AttachType type =
                point.moment() == ProbeMoment.SESSION ? AttachType.TRACE_KPROBE_SESSION : AttachType.TRACE_KPROBE_MULTI;
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.ATTACH_TYPE, type.number())
                    .set(
                            LinkCreate.KPROBE_MULTI_FLAGS,
                            point.moment() == ProbeMoment.RETURN ? BPF_F_KPROBE_MULTI_RETURN : 0)
                    .set(LinkCreate.KPROBE_MULTI_CNT, count)
                    .set(LinkCreate.KPROBE_MULTI_SYMS, texts(arena, names))
                    .set(LinkCreate.KPROBE_MULTI_ADDRS, UprobeMultiAttachment.longs(arena, addresses))
                    .set(LinkCreate.KPROBE_MULTI_COOKIES, UprobeMultiAttachment.longs(arena, point.cookies()));
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (result < 0) {
                throw SystemFailure.refused(
                        result,
                        "attach " + program + " to " + point.describe(),
                        advice(SystemFailure.errno(result), type, names));
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    /** An array of pointers to texts. */
    private static MemorySegment texts(Arena arena, List<String> texts) {
        MemorySegment pointers = arena.allocate(ValueLayout.JAVA_LONG, texts.size());
        for (int i = 0; i < texts.size(); i++) {
            pointers.setAtIndex(
                    ValueLayout.JAVA_LONG, i, arena.allocateFrom(texts.get(i)).address());
        }
        return pointers;
    }

    private static String advice(Errno errno, AttachType type, List<String> names) {
        return switch (errno) {
            case EINVAL ->
                "was the program loaded for this, as SEC(\"kprobe.multi\") or SEC(\"kprobe.session\")? "
                        + (type == AttachType.TRACE_KPROBE_SESSION ? "It needs Linux 6.10" : "It needs Linux 5.18");
            case ESRCH, ENOENT -> missing(names);
            default -> "";
        };
    }

    private static String missing(List<String> names) {
        KernelSymbols symbols = KernelSymbols.read();
        return names.stream()
                .filter(name -> !symbols.contains(name))
                .findFirst()
                .map(name -> "the kernel has no function " + name + symbols.nearest(name))
                .orElse("one of the functions cannot be traced (available_filter_functions has those that can)");
    }
}
