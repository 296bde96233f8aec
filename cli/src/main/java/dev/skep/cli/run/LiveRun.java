package dev.skep.cli.run;

import dev.skep.cli.kernel.UntilInterrupted;
import dev.skep.linux.info.RunStatistics;
import dev.skep.linux.link.Attacher;
import dev.skep.linux.link.LinuxLink;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.Direction;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.Ordering;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramSpec;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Has a program see an interface's real packets for a while. */
final class LiveRun {
    /** How long the rings of events may fill before they are read. */
    private static final double TURN_SECONDS = 0.1;

    private final KernelSession session;
    private final ProgramSpec spec;
    private final String networkInterface;
    private final PrintWriter err;

    LiveRun(KernelSession session, ProgramSpec spec, String networkInterface, PrintWriter err) {
        this.session = session;
        this.spec = spec;
        this.networkInterface = networkInterface;
        this.err = err;
    }

    /**
     * Attaches the program, waits, detaches it and tells what came of it.
     *
     * @throws InputException if programs of its type do not see an interface's packets
     * @throws dev.skep.object.host.HostException if the kernel refuses
     */
    RunResult run(UntilInterrupted ending, Optional<Double> seconds) {
        AttachPoint place = place();
        long start = System.nanoTime();
        try (RunStatistics _ = RunStatistics.enable();
                LinuxLink link = Attacher.attach(session.program(), place)) {
            err.println("skep: " + link + (seconds.isPresent() ? "" : "; Ctrl-C ends"));
            err.flush();
            boolean asked = false;
            while (!asked && (seconds.isEmpty() || elapsed(start) < seconds.get())) {
                double rest = seconds.map(all -> all - elapsed(start)).orElse(TURN_SECONDS);
                asked = ending.await(Optional.of(Math.clamp(rest, 0, TURN_SECONDS)));
                session.readEvents();
            }
        }
        session.readEvents();
        return new RunResult(
                spec,
                session.program().info().runs().runs(),
                0,
                List.of(),
                session.maps(),
                session.globals(),
                elapsed(start),
                List.of(),
                Optional.of(networkInterface));
    }

    private static double elapsed(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private AttachPoint place() {
        return switch (spec.type()) {
            case XDP -> new NetworkPoint.Xdp(networkInterface, NetworkPoint.Xdp.Mode.ANY);
            case SCHED_CLS -> {
                boolean egress = spec.expectedAttachType().equals(Optional.of(AttachType.TCX_EGRESS));
                Direction direction = egress ? Direction.EGRESS : Direction.INGRESS;
                yield new NetworkPoint.Tcx(networkInterface, direction, Ordering.LAST);
            }
            default ->
                throw new InputException(
                        Location.in(spec.name()),
                        "a program of type " + spec.type() + " is not attached to an interface",
                        "skep load --attach knows other places");
        };
    }
}
