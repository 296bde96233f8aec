package dev.skep.linux.link;

import dev.skep.linux.perf.OnlineCpus;
import dev.skep.linux.perf.PerfEvent;
import dev.skep.linux.perf.PerfEventAttr;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.PerfSource;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.attach.Sampling;
import java.util.List;

/**
 * A performance event that runs the program when it overflows (Linux 4.9; cookies 5.15). For all processes and CPUs
 * there is one event on each CPU that is online.
 *
 * <pre>{@code
 * LinuxLink profile = host.attach(program,
 *         new ProbePoint.PerfEvent(new PerfSource.Software(PerfSource.SoftwareEvent.CPU_CLOCK), Sampling.hertz(99)));
 * }</pre>
 */
final class PerfEventAttachment {
    private PerfEventAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.PerfEvent point) {
        return LinkGroup.attach(program, point, scopes(point), scope -> attach(program, point, scope));
    }

    private static List<PerfEvent.Scope> scopes(ProbePoint.PerfEvent point) {
        if (point.pid().isPresent() || point.cpu().isPresent()) {
            return List.of(
                    new PerfEvent.Scope(point.pid().orElse(-1), point.cpu().orElse(-1)));
        }
        return OnlineCpus.list().stream().map(PerfEvent.Scope::cpu).toList();
    }

    private static LinuxLink attach(LinuxProgram program, ProbePoint.PerfEvent point, PerfEvent.Scope scope) {
        PerfEvent event = PerfEvent.open(
                attr -> sample(describe(attr, point.source()), point.sampling()),
                scope,
                "attach " + program + " to " + point.describe());
        return PerfAttachment.attach(program, point, event, point.cookie(), ProbeMode.ANY);
    }

    private static PerfEventAttr describe(PerfEventAttr attr, PerfSource source) {
        return switch (source) {
            case PerfSource.Software(PerfSource.SoftwareEvent event) ->
                typed(attr, PerfEventAttr.PERF_TYPE_SOFTWARE, event.ordinal());
            case PerfSource.Hardware(PerfSource.HardwareEvent event) ->
                typed(attr, PerfEventAttr.PERF_TYPE_HARDWARE, event.ordinal());
            case PerfSource.Raw(long config) -> typed(attr, PerfEventAttr.PERF_TYPE_RAW, config);
            case PerfSource.Unit(int type, long config) -> typed(attr, type, config);
            case PerfSource.Breakpoint breakpoint ->
                typed(attr, PerfEventAttr.PERF_TYPE_BREAKPOINT, 0)
                        .set(PerfEventAttr.BP_TYPE, breakpoint.access().number())
                        .set(PerfEventAttr.BP_ADDR, breakpoint.address())
                        .set(PerfEventAttr.BP_LEN, breakpoint.length());
        };
    }

    private static PerfEventAttr typed(PerfEventAttr attr, int type, long config) {
        return attr.set(PerfEventAttr.TYPE, type).set(PerfEventAttr.CONFIG, config);
    }

    private static void sample(PerfEventAttr attr, Sampling sampling) {
        attr.set(PerfEventAttr.SAMPLE_PERIOD, sampling.value())
                .set(PerfEventAttr.FLAGS, sampling.isFrequency() ? PerfEventAttr.FLAG_FREQ : 0);
    }
}
