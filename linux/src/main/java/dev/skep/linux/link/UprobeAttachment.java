package dev.skep.linux.link;

import dev.skep.linux.perf.PerfEventAttr;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.symbol.BinaryFinder;
import dev.skep.linux.symbol.FunctionResolver;
import dev.skep.linux.symbol.Probeability;
import dev.skep.linux.tracefs.DynamicEvent;
import dev.skep.object.attach.ProbePoint;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/**
 * A place in a program or library, or the return of one of its functions (Linux 4.17 by perf_event_open(2), 4.1 by
 * tracefs; reference counters 4.20; cookies 5.15).
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, ProbePoint.Uprobe.entry("libc.so.6", "getpid"));
 * }</pre>
 */
final class UprobeAttachment {
    private UprobeAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.Uprobe point) {
        Path binary = BinaryFinder.find(point.binary(), point.pid());
        long offset = point.symbol().isEmpty()
                ? point.offset()
                : new FunctionResolver(binary).offset(point.symbol()) + point.offset();
        return attach(program, point, point, binary, offset);
    }

    /**
     * Attaches at a file offset that is known.
     *
     * @param shown what the user called the place
     * @param point says how it is to be probed
     */
    static LinuxLink attach(LinuxProgram program, ProbePoint shown, ProbePoint.Uprobe point, Path binary, long offset) {
        String attempted = "attach " + program + " to " + shown.describe();
        Probeability.requireFine(binary, List.of(offset), attempted);
        ProbeEvent event = new ProbeEvent(program, shown, point.pid(), point.cookie(), point.mode(), attempted);
        try (Arena arena = Arena.ofConfined()) {
            return event.attach(
                    "uprobe",
                    (attr, unit) -> attr.set(PerfEventAttr.TYPE, unit.type())
                            .set(PerfEventAttr.CONFIG, unit.config(point.atReturn(), point.referenceCounter()))
                            .set(PerfEventAttr.UPROBE_PATH, arena.allocateFrom(binary.toString()))
                            .set(PerfEventAttr.PROBE_OFFSET, offset),
                    () -> written(event, point, binary, offset));
        }
    }

    private static DynamicEvent written(ProbeEvent event, ProbePoint.Uprobe point, Path binary, long offset) {
        String counter = point.referenceCounter() == 0 ? "" : "(0x" + Long.toHexString(point.referenceCounter()) + ")";
        return DynamicEvent.create(
                event.traceFs(),
                DynamicEvent.Kind.UPROBE,
                point.atReturn(),
                binary + ":0x" + Long.toHexString(offset) + counter,
                event.attempted());
    }
}
