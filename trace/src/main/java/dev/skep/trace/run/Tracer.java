package dev.skep.trace.run;

import dev.skep.object.host.HostException;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;

/**
 * Runs a compiled script: loads it, attaches its probes, sets all of them going at once, and turns events into output until the script
 * or somebody else ends it; then its maps are printed.
 */
public final class Tracer {
    private final TracePlan plan;
    private final TraceHost host;
    private final Output output;
    private final Complaints complaints;
    private final Mode mode;
    private MapWatcher watcher = _ -> {};

    /** What is run of a script. */
    public enum Mode {
        /** Its probes. */
        TRACE,
        /** Nothing: it is only attached, and detached again. */
        ATTACH_ONLY,
        /** Its probes {@code test:NAME}, once each. */
        TEST,
        /** Its probes {@code bench:NAME}, often enough to tell what one run takes. */
        BENCHMARK
    }

    /** @param output stays the caller's */
    public Tracer(TracePlan plan, TraceHost host, Output output, Complaints complaints, Mode mode) {
        this.plan = plan;
        this.host = host;
        this.output = output;
        this.complaints = complaints;
        this.mode = mode;
    }

    /** Somebody who looks at the maps while the script runs. @return this */
    public Tracer watchedBy(MapWatcher newWatcher) {
        watcher = newWatcher;
        return this;
    }

    /**
     * Runs the script to its end.
     *
     * @param begin called when all probes are live
     * @param finished whether there is nothing more to trace: asked every now and then
     * @return what the script gave {@code exit}, else 0
     * @throws HostException if the script cannot be loaded, or a probe not attached that has to be
     */
    public int run(Runnable begin, BooleanSupplier finished) {
        return run(begin, finished, () -> false);
    }

    /**
     * As {@link #run(Runnable, BooleanSupplier)}.
     *
     * @param interrupted whether nobody is interested any more in what has come: asked often
     */
    public int run(Runnable begin, BooleanSupplier finished, BooleanSupplier interrupted) {
        try (LoadedObject loaded = host.load(plan);
                Session session = new Session(plan, loaded, host, output, complaints, interrupted)) {
            return run(session, begin, finished);
        }
    }

    private int run(Session session, Runnable begin, BooleanSupplier finished) {
        boolean passed = true;
        try (Attachments attachments = new Attachments(plan, host, complaints)) {
            if (plan.gate().isEmpty()) {
                session.start();
                session.open();
            }
            requireRunnable();
            attachments.attach(session);
            if (session.isInterrupted()) {
                return 0; // before anything has begun
            }
            tellAttached(attachments.probes());
            if (mode == Mode.ATTACH_ONLY) {
                return 0;
            }
            if (!plan.gate().isEmpty()) {
                session.start();
            }
            session.runAll(ProbeTarget.Begin.class);
            if (!session.isEnding()) {
                attachments.attachTimers(session);
                session.open();
                attachments.onSignals(session);
                begin.run();
                passed = special(session);
                if (attachments.iterate(output)) {
                    session.drainIterators();
                }
                session.drain();
                boolean nothingToCome = mode != Mode.TRACE || attachments.onlyIterates() || runsAtOnce(plan);
                while (!nothingToCome && !session.isEnding() && !finished.getAsBoolean()) {
                    session.turn();
                    watcher.turn(session::watched);
                }
            }
        }
        session.open();
        session.listenAgain();
        session.runAll(ProbeTarget.End.class);
        watcher.ends(session::watched);
        session.finish(mode == Mode.TRACE);
        return passed ? session.exitCode() : 1;
    }

    private void tellAttached(int probes) {
        if (mode != Mode.ATTACH_ONLY && !output.attached(probes)) {
            complaints.note("Attached " + probes + (probes == 1 ? " probe" : " probes"));
        }
    }

    /** @throws AttachException if all there is wants to be asked for */
    private void requireRunnable() {
        if (mode == Mode.TRACE
                && plan.probes().stream().allMatch(probe -> probe.target() instanceof ProbeTarget.Test)) {
            throw new AttachException("No probes attached; use --test to run test probes.");
        }
        if (mode == Mode.TRACE
                && plan.probes().stream().allMatch(probe -> probe.target() instanceof ProbeTarget.Bench)) {
            throw new AttachException("No probes attached; use --bench to run benchmark probes.");
        }
    }

    /** Whether all there is runs when the script begins or ends. */
    private static boolean runsAtOnce(TracePlan plan) {
        return plan.probes().stream().allMatch(probe -> switch (probe.target()) {
            case ProbeTarget.Begin _, ProbeTarget.End _, ProbeTarget.Test _, ProbeTarget.Bench _ -> true;
            default -> false;
        });
    }

    /** Tests and benchmarks. @return whether nothing failed */
    private boolean special(Session session) {
        Trials trials = new Trials(plan, host, session, output);
        if (mode == Mode.BENCHMARK) {
            trials.benchmarks();
        }
        return mode != Mode.TEST || trials.tests();
    }

    /** The programs of a loaded script by its probes. */
    static Program program(LoadedObject loaded, PlannedProbe probe) {
        return loaded.program(probe.program())
                .map(Program.class::cast)
                .orElseThrow(() -> new NoSuchElementException("there is no program " + probe.program()));
    }

    /** What of a plan is attached somewhere. */
    static List<PlannedProbe> attachable(TracePlan plan) {
        List<PlannedProbe> found = new ArrayList<>();
        for (PlannedProbe probe : plan.probes()) {
            switch (probe.target()) {
                case ProbeTarget.Begin _,
                        ProbeTarget.End _,
                        ProbeTarget.Test _,
                        ProbeTarget.Bench _,
                        ProbeTarget.SelfSignal _ -> {}
                default -> found.add(probe);
            }
        }
        return found;
    }
}
