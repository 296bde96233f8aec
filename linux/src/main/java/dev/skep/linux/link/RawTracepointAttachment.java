package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.RawTracepointOpen;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.linux.tracefs.TraceFs;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.core.NearestNames;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * A tracepoint by name, whose arguments the program gets as the kernel's code passes them (Linux 4.17; cookies 6.10).
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, new ProbePoint.RawTracepoint("sched_switch"));
 * }</pre>
 */
final class RawTracepointAttachment {
    private static final int SHOWN = 5;

    private RawTracepointAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.RawTracepoint point) {
        String attempted = "attach " + program + " to " + point.describe();
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(RawTracepointOpen.NAME, arena.allocateFrom(point.name()))
                    .set(RawTracepointOpen.PROG_FD, program.descriptor())
                    .setIfAny(RawTracepointOpen.COOKIE, point.cookie());
            long result = attr.call(BpfCommand.RAW_TRACEPOINT_OPEN);
            if (SystemFailure.is(result, Errno.ENOENT)) {
                throw new HostException(
                        Errno.ENOENT, "cannot " + attempted + ": there is no such tracepoint" + nearest(point.name()));
            }
            if (result < 0) {
                throw SystemFailure.refused(result, attempted, advice(SystemFailure.errno(result), point));
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    private static String advice(Errno errno, ProbePoint.RawTracepoint point) {
        return errno == Errno.E2BIG && point.cookie() != 0
                ? "cookies of raw tracepoints need Linux 6.10"
                : errno == Errno.EINVAL ? "the program must be loaded as a raw tracepoint: SEC(\"raw_tp\")" : "";
    }

    /** Only tracefs has the names; where it is not mounted there is no advice. */
    private static String nearest(String name) {
        List<String> names = TraceFs.find().stream()
                .flatMap(traceFs -> traceFs.categories().stream()
                        .filter(category -> !category.equals("syscalls")) // its events are no tracepoints of their own
                        .flatMap(category -> traceFs.events(category).stream()))
                .toList();
        List<String> similar = NearestNames.of(name, names, SHOWN);
        return similar.isEmpty() ? "" : "; did you mean " + String.join(", ", similar) + "?";
    }
}
