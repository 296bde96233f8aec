package dev.skep.linux.link;

import dev.skep.linux.perf.OnlineCpus;
import dev.skep.linux.perf.PerfEvent;
import dev.skep.linux.perf.PerfEventAttr;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.PerfSource;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.attach.Sampling;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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
        int cpu = point.cpu().orElse(-1);
        if (point.pid().isPresent()) {
            return threads(point.pid().getAsInt()).stream()
                    .map(thread -> new PerfEvent.Scope(thread, cpu))
                    .toList();
        }
        return point.cpu().isPresent()
                ? List.of(PerfEvent.Scope.cpu(cpu))
                : OnlineCpus.list().stream().map(PerfEvent.Scope::cpu).toList();
    }

    /** Those of a process; the number itself alone if it is that of another thread, or the process has ended, which is found out next. */
    private static List<Integer> threads(int pid) {
        Path folder = Path.of("/proc", Integer.toString(pid));
        try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
            boolean isProcess = Files.readAllLines(folder.resolve("status")).contains("Tgid:\t" + pid);
            return isProcess
                    ? threads.map(thread -> Integer.valueOf(String.valueOf(thread.getFileName())))
                            .toList()
                    : List.of(pid);
        } catch (IOException e) {
            return List.of(pid);
        }
    }

    private static LinuxLink attach(LinuxProgram program, ProbePoint.PerfEvent point, PerfEvent.Scope scope) {
        return PerfAttachment.attach(
                program,
                point,
                open(point, scope, "attach " + program + " to " + point.describe()),
                point.cookie(),
                ProbeMode.ANY);
    }

    /** Of a process, threads that it starts later are observed, too; before Linux 5.13 that would go for processes as well. */
    private static PerfEvent open(ProbePoint.PerfEvent point, PerfEvent.Scope scope, String attempted) {
        if (scope.pid() < 0) {
            return open(point, scope, attempted, 0);
        }
        try {
            return open(point, scope, attempted, PerfEventAttr.FLAG_INHERIT | PerfEventAttr.FLAG_INHERIT_THREAD);
        } catch (HostException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            return open(point, scope, attempted, 0);
        }
    }

    private static PerfEvent open(ProbePoint.PerfEvent point, PerfEvent.Scope scope, String attempted, long flags) {
        return PerfEvent.open(
                attr -> sample(describe(attr, point.source()), point.sampling(), flags), scope, attempted);
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

    private static void sample(PerfEventAttr attr, Sampling sampling, long flags) {
        attr.set(PerfEventAttr.SAMPLE_PERIOD, sampling.value())
                .set(PerfEventAttr.FLAGS, flags | (sampling.isFrequency() ? PerfEventAttr.FLAG_FREQ : 0));
    }
}
