package dev.skep.trace.run;

import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a script's tests and benchmarks. */
final class Trials {
    private static final int RUNS = 100_000;

    private final TracePlan plan;
    private final TraceHost host;
    private final Session session;
    private final Output output;

    Trials(TracePlan plan, TraceHost host, Session session, Output output) {
        this.plan = plan;
        this.host = host;
        this.session = session;
        this.output = output;
    }

    /** Runs each test once. @return whether all went well: came to 0, with nothing to complain of */
    boolean tests() {
        List<PlannedProbe> tests = plan.probes().stream()
                .filter(probe -> probe.target() instanceof ProbeTarget.Test)
                .toList();
        if (tests.isEmpty()) {
            return true;
        }
        List<String> failed = new ArrayList<>();
        output.beginTests(tests.size());
        for (PlannedProbe test : tests) {
            String name = ((ProbeTarget.Test) test.target()).name();
            output.beginTest(name);
            output.flush();
            long start = System.nanoTime();
            long result = host.runOnce(session.program(test));
            long took = System.nanoTime() - start;
            boolean passed = session.endTrial() && (int) result == 0;
            output.endTest(name, took, passed);
            if (!passed) {
                failed.add(name);
            }
        }
        output.endTests(tests.size(), failed);
        return failed.isEmpty();
    }

    /** Runs each benchmark often enough to tell what it takes. */
    void benchmarks() {
        Map<String, Long> times = new LinkedHashMap<>();
        for (PlannedProbe probe : plan.probes()) {
            if (probe.target() instanceof ProbeTarget.Bench(String name)) {
                times.put(name, host.measure(session.program(probe), RUNS));
                session.drain();
            }
        }
        if (!times.isEmpty()) {
            output.benchmarks(times, RUNS);
        }
    }
}
