package dev.skep.replay;

import dev.skep.trace.record.Entry;
import dev.skep.trace.record.Recording;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.Tracepoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recordings of events that are made up: a machine that has just the probes of these. */
public final class MadeUp {
    /** When the machine's clock says that tracing began, in nanoseconds since its start. */
    static final long START = 1_000_000_000L;

    /** Where its functions are. */
    private static final long FUNCTION = 0x1000;

    private static final long FUNCTION_SIZE = 16;

    private MadeUp() {}

    /**
     * A recording of events, in this order.
     *
     * @throws IllegalArgumentException if a probe's name is not complete, or a field a number in one event and a text in another
     */
    public static Recording recording(MadeUpEvent... events) {
        Map<String, List<MadeUpEvent>> probes = new LinkedHashMap<>();
        int cpus = 1;
        for (MadeUpEvent event : events) {
            probes.computeIfAbsent(event.probe(), _ -> new ArrayList<>()).add(event);
            cpus = Math.max(cpus, event.cpu() + 1);
        }
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.Origin("made-up", "", List.of(), MadeUpEvent.ARCHITECTURE, cpus, cpus, 0, 0));
        entries.add(new Entry.Start(START));
        Map<String, MadeUpRecord> layouts = new LinkedHashMap<>();
        probes.forEach((probe, seen) -> layouts.put(probe, MadeUpRecord.of(seen)));
        layouts.forEach((probe, layout) -> entries.addAll(facts(probe, layout)));
        long sequence = 0;
        for (MadeUpEvent event : events) {
            entries.addAll(event.entries(sequence++, layouts.getOrDefault(event.probe(), new MadeUpRecord())));
        }
        return Recording.of(entries);
    }

    private static List<Entry.Fact> facts(String probe, MadeUpRecord layout) {
        String[] parts = probe.split(":");
        return switch (parts[0]) {
            case "tracepoint" -> {
                need(probe, parts, 3);
                Tracepoints.Name name = new Tracepoints.Name(parts[1], parts[2]);
                yield List.of(new Entry.Tracepoint(new Tracepoints.Format(name, 1, layout.fields())));
            }
            case "rawtracepoint" -> {
                need(probe, parts, 2);
                yield List.of(new Entry.RawTracepoint(parts[1]));
            }
            case "kprobe", "kretprobe" -> {
                need(probe, parts, 2);
                yield List.of(new Entry.KernelFunction(new KernelFunctions.Function("vmlinux", parts[1])));
            }
            case "uprobe", "uretprobe" -> {
                need(probe, parts, 3);
                Binaries.Symbol symbol = new Binaries.Symbol(parts[2], parts[2], FUNCTION, FUNCTION_SIZE);
                yield List.of(new Entry.Files(parts[1], List.of(parts[1])), new Entry.FileFunction(parts[1], symbol));
            }
            default -> List.of();
        };
    }

    private static void need(String probe, String[] parts, int count) {
        if (parts.length != count) {
            throw new IllegalArgumentException(
                    probe + " is not the full name of a probe: it has " + parts.length + " parts, not " + count);
        }
    }
}
