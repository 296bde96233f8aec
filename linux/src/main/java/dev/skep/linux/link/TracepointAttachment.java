package dev.skep.linux.link;

import dev.skep.linux.perf.PerfEvent;
import dev.skep.linux.perf.PerfEventAttr;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.tracefs.TraceFs;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbePoint;

/**
 * A tracepoint by category and name, whose fields the program reads from its context (Linux 4.7; cookies 5.15). Needs
 * tracefs, which knows the tracepoint's number.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, new ProbePoint.Tracepoint("sched", "sched_switch"));
 * }</pre>
 */
final class TracepointAttachment {
    private TracepointAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.Tracepoint point) {
        String attempted = "attach " + program + " to " + point.describe();
        int id = TraceFs.require(attempted).eventId(point.category(), point.name());
        PerfEvent event = PerfEvent.open(
                attr -> attr.set(PerfEventAttr.TYPE, PerfEventAttr.PERF_TYPE_TRACEPOINT)
                        .set(PerfEventAttr.CONFIG, id)
                        .set(PerfEventAttr.SAMPLE_PERIOD, 1)
                        .set(PerfEventAttr.WAKEUP_EVENTS, 1),
                PerfEvent.Scope.cpu(0), // of no meaning: a program runs wherever the tracepoint is passed
                attempted);
        return PerfAttachment.attach(program, point, event, point.cookie(), ProbeMode.ANY);
    }
}
