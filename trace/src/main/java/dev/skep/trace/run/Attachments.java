package dev.skep.trace.run;

import dev.skep.object.host.HostException;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.LooseText;
import dev.skep.trace.print.Output;
import java.util.ArrayList;
import java.util.List;

/** The probes of a script that are attached. Closing it detaches them. */
final class Attachments implements AutoCloseable {
    private final TracePlan plan;
    private final TraceHost host;
    private final Complaints complaints;
    private final List<AutoCloseable> links = new ArrayList<>();
    private final List<AutoCloseable> iterators = new ArrayList<>();
    private int failures;

    Attachments(TracePlan plan, TraceHost host, Complaints complaints) {
        this.plan = plan;
        this.host = host;
        this.complaints = complaints;
    }

    /** Attaches all. @throws HostException if one cannot be attached and the script does not do without */
    void attach(Session session) {
        for (PlannedProbe probe : Tracer.attachable(plan)) {
            try {
                AutoCloseable link = host.attach(session.program(probe), probe);
                links.add(link);
                if (probe.target() instanceof ProbeTarget.Iterator iterator
                        && iterator.pin().isEmpty()) {
                    iterators.add(link);
                }
            } catch (HostException e) {
                failed(probe, e);
            }
        }
    }

    private void failed(PlannedProbe probe, HostException e) {
        failures += count(probe);
        String message = "Unable to attach probe: " + probe.name() + ": " + e.getMessage();
        switch (plan.settings().missingProbes()) {
            case "ignore" -> {}
            case "warn" -> complaints.warn(message);
            default -> throw new AttachException(message, e);
        }
    }

    /** How many probes there are, those counted that are attached nowhere. */
    int probes() {
        return plan.probes().stream().mapToInt(Attachments::count).sum() - failures;
    }

    private static int count(PlannedProbe probe) {
        return switch (probe.target()) {
            case ProbeTarget.Kprobe kprobe -> Math.max(1, kprobe.functions().size());
            case ProbeTarget.Uprobe uprobe -> Math.max(1, uprobe.symbols().size());
            default -> 1;
        };
    }

    void onSignals(Session session) {
        for (PlannedProbe probe : plan.probes()) {
            if (probe.target() instanceof ProbeTarget.SelfSignal(String signal)) {
                host.onSignal(signal, () -> host.runOnce(session.program(probe)));
            }
        }
    }

    /** Has iterators go over what there is. */
    void iterate(Output output) {
        for (AutoCloseable iterator : iterators) {
            byte[] text = host.iterate(iterator);
            if (text.length > 0) {
                output.text(Output.Kind.PRINTF, LooseText.decode(text));
            }
        }
    }

    /** Whether no event can come any more once the iterators are through. */
    boolean onlyIterates() {
        return !iterators.isEmpty() && iterators.size() == links.size();
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (AutoCloseable link : links.reversed()) {
            try {
                link.close();
            } catch (Exception e) {
                failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
            }
        }
        links.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
