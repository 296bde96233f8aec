package dev.skep.linux.link;

import dev.skep.linux.perf.EventUnit;
import dev.skep.linux.perf.PerfEvent;
import dev.skep.linux.perf.PerfEventAttr;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.tracefs.DynamicEvent;
import dev.skep.linux.tracefs.TraceFs;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbePoint;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Attaches to a probe in code, made by its performance monitoring unit ({@code kprobe}, {@code uprobe}) or, on kernels
 * before 4.17 or if asked for, written into tracefs.
 *
 * @param attempted for messages, in the infinitive
 */
record ProbeEvent(
        LinuxProgram program, ProbePoint point, OptionalInt pid, long cookie, ProbeMode mode, String attempted) {

    /**
     * Attaches.
     *
     * @param fill sets what is to be probed
     * @param written makes the event in tracefs
     */
    LinuxLink attach(String unit, Filler fill, Supplier<DynamicEvent> written) {
        Optional<EventUnit> found = mode == ProbeMode.TRACEFS ? Optional.empty() : EventUnit.find(unit);
        return found.isPresent() ? byUnit(attr -> fill.fill(attr, found.get())) : byTracefs(written.get());
    }

    /** Says what is to be probed. */
    @FunctionalInterface
    interface Filler {
        /** Sets {@code type}, {@code config} and what they need. */
        void fill(PerfEventAttr attr, EventUnit unit);
    }

    /** A probe that is limited to a process is on all CPUs, any other on one, which is of no meaning. */
    private PerfEvent.Scope scope() {
        return pid.isPresent() ? PerfEvent.Scope.thread(pid.getAsInt()) : PerfEvent.Scope.cpu(0);
    }

    private LinuxLink byUnit(Consumer<PerfEventAttr> fill) {
        PerfEvent event = PerfEvent.open(fill, scope(), attempted);
        return PerfAttachment.attach(program, point, event, cookie, mode);
    }

    private LinuxLink byTracefs(DynamicEvent written) {
        try {
            int id = written.id();
            PerfEvent event = PerfEvent.open(
                    attr -> attr.set(PerfEventAttr.TYPE, PerfEventAttr.PERF_TYPE_TRACEPOINT)
                            .set(PerfEventAttr.CONFIG, id)
                            .set(PerfEventAttr.SAMPLE_PERIOD, 1)
                            .set(PerfEventAttr.WAKEUP_EVENTS, 1),
                    scope(),
                    attempted);
            LinuxLink link = PerfAttachment.attach(program, point, event, cookie, ProbeMode.ANY);
            return new TracefsProbeLink(program, point, link, written);
        } catch (RuntimeException e) {
            written.close();
            throw e;
        }
    }

    /** The tracing file system, for a probe written there. */
    TraceFs traceFs() {
        return TraceFs.require(attempted);
    }
}
