package dev.skep.vm;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Collects how tests end, and prints those that pass or fail. (The test kit prints those that are skipped.) */
final class Outcomes implements TestExecutionListener {
    private final PrintStream out;
    private final Map<String, List<Outcome>> bySuite = new TreeMap<>();
    private final Map<String, Long> startedAt = new ConcurrentHashMap<>();
    private Optional<TestPlan> plan = Optional.empty();

    Outcomes(PrintStream out) {
        this.out = out;
    }

    /** All tests by the class that they are in, each class's in the order in which they ended. */
    synchronized Map<String, List<Outcome>> bySuite() {
        return bySuite;
    }

    /** Whether there is a test, and none failed. */
    synchronized boolean passed() {
        return !bySuite.isEmpty()
                && bySuite.values().stream()
                        .flatMap(List::stream)
                        .noneMatch(outcome -> outcome.end() instanceof Outcome.Failed);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = Optional.of(started);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        startedAt.put(test.getUniqueId(), System.nanoTime());
    }

    /** A class may be skipped as a whole: that skips each test in it. */
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        List<TestIdentifier> tests = plan.orElseThrow().getDescendants(test).stream()
                .filter(TestIdentifier::isTest)
                .toList();
        (tests.isEmpty() ? List.of(test) : tests).forEach(each -> add(each, new Outcome.Skipped(reason)));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Optional<Throwable> cause = result.getThrowable();
        switch (result.getStatus()) {
            case FAILED -> add(test, new Outcome.Failed(cause.orElseGet(() -> new AssertionError("no cause given"))));
            case ABORTED ->
                add(test, new Outcome.Skipped(cause.map(Throwable::getMessage).orElse("no reason given")));
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    add(test, new Outcome.Passed());
                }
            }
        }
    }

    private synchronized void add(TestIdentifier test, Outcome.End end) {
        long now = System.nanoTime();
        Duration time = Duration.ofNanos(now - startedAt.getOrDefault(test.getUniqueId(), now));
        String suite = suite(test);
        Outcome outcome = new Outcome(name(test), end, time);
        bySuite.computeIfAbsent(suite, _ -> new ArrayList<>()).add(outcome);
        print(suite.substring(suite.lastIndexOf('.') + 1) + "." + outcome.name(), outcome);
    }

    private void print(String name, Outcome outcome) {
        switch (outcome.end()) {
            case Outcome.Passed() ->
                out.printf("PASSED %s (%d ms)%n", name, outcome.time().toMillis());
            case Outcome.Failed(Throwable cause) -> {
                out.printf("FAILED %s (%d ms)%n", name, outcome.time().toMillis());
                cause.printStackTrace(out);
            }
            case Outcome.Skipped _ -> {}
        }
    }

    private static String suite(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case MethodSource method -> method.getClassName();
            case ClassSource type -> type.getClassName();
            case null, default -> test.getDisplayName();
        };
    }

    /** The method's name; with the display name if the method runs several times (parameters, repetitions). */
    private static String name(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case MethodSource method
            when test.getDisplayName().startsWith(method.getMethodName()) -> method.getMethodName();
            case MethodSource method -> method.getMethodName() + " " + test.getDisplayName();
            case null, default -> test.getDisplayName();
        };
    }
}
