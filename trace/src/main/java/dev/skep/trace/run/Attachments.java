package dev.skep.trace.run;

import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.LooseText;
import dev.skep.trace.print.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * Attaches all but those that time alone makes run, in an order that has several at one place run in the script's.
     *
     * @throws AttachException if one cannot be attached and the script does not do without
     */
    void attach(Session session) {
        List<PlannedProbe> attachable = Tracer.attachable(plan).stream()
                .filter(probe -> !isTimer(probe))
                .toList();
        attach(
                session,
                attachable.stream().filter(probe -> !lastComesFirst(probe)).toList());
        attach(
                session,
                attachable.reversed().stream()
                        .filter(Attachments::lastComesFirst)
                        .toList());
        if (failures > 0 && failures == plan.probes().size()) {
            throw new AttachException("Attachment failed for all probes.");
        }
    }

    /** Attaches the others: an interval begins when the script has begun. */
    void attachTimers(Session session) {
        attach(
                session,
                Tracer.attachable(plan).stream().filter(Attachments::isTimer).toList());
    }

    private static boolean isTimer(PlannedProbe probe) {
        return probe.target() instanceof ProbeTarget.Interval || probe.target() instanceof ProbeTarget.Profile;
    }

    /** Whether the kernel runs what was attached last first. */
    private static boolean lastComesFirst(PlannedProbe probe) {
        return switch (probe.target()) {
            case ProbeTarget.Kprobe kprobe -> !kprobe.isReturn();
            case ProbeTarget.Uprobe _, ProbeTarget.Usdt _ -> true;
            default -> false;
        };
    }

    private void attach(Session session, List<PlannedProbe> probes) {
        for (PlannedProbe probe : probes) {
            if (session.isInterrupted()) {
                return; // nobody waits for the others any more
            }
            try {
                AutoCloseable link = host.attach(session.program(probe), probe, omission -> omitted(probe, omission));
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

    private void omitted(PlannedProbe probe, Omission omission) {
        failures += omission.places().size();
        if (!plan.settings().missingProbes().equals("ignore")) {
            complaints.warn(omission.text(probe.name()));
        }
    }

    private void failed(PlannedProbe probe, HostException e) {
        failures += count(probe);
        String message = "Unable to attach probe: " + probe.name() + ".";
        switch (plan.settings().missingProbes()) {
            case "ignore" -> {}
            case "warn" -> complaints.warn(message + " Skipping. " + e.getMessage());
            default ->
                throw new AttachException(
                        message + " If this is expected, set the 'missing_probes' config variable to 'warn'.\n"
                                + e.getMessage(),
                        e);
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
        Map<String, List<Program>> programs = new LinkedHashMap<>();
        for (PlannedProbe probe : plan.probes()) {
            if (probe.target() instanceof ProbeTarget.SelfSignal(String signal)) {
                programs.computeIfAbsent(signal, _ -> new ArrayList<>()).add(session.program(probe));
            }
        }
        programs.forEach((signal, all) -> host.onSignal(signal, () -> all.forEach(host::runOnce)));
    }

    /** Has iterators go over what there is. @return whether there are any */
    boolean iterate(Output output) {
        for (AutoCloseable iterator : iterators) {
            byte[] text = host.iterate(iterator);
            if (text.length > 0) {
                output.text(Output.Kind.PRINTF, LooseText.decode(text));
            }
        }
        return !iterators.isEmpty();
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
