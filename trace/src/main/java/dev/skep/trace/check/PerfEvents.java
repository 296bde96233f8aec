package dev.skep.trace.check;

import java.util.Map;
import java.util.Optional;

/** The names of the events of perf_event_open(2), with their numbers ({@code perf_sw_ids}, {@code perf_hw_id} of linux/perf_event.h). */
final class PerfEvents {
    static final Map<String, Integer> SOFTWARE = Map.ofEntries(
            Map.entry("cpu-clock", 0),
            Map.entry("cpu", 0),
            Map.entry("task-clock", 1),
            Map.entry("page-faults", 2),
            Map.entry("faults", 2),
            Map.entry("context-switches", 3),
            Map.entry("cs", 3),
            Map.entry("cpu-migrations", 4),
            Map.entry("minor-faults", 5),
            Map.entry("major-faults", 6),
            Map.entry("alignment-faults", 7),
            Map.entry("emulation-faults", 8),
            Map.entry("dummy", 9),
            Map.entry("bpf-output", 10));

    static final Map<String, Integer> HARDWARE = Map.ofEntries(
            Map.entry("cpu-cycles", 0),
            Map.entry("cycles", 0),
            Map.entry("instructions", 1),
            Map.entry("cache-references", 2),
            Map.entry("cache-misses", 3),
            Map.entry("branch-instructions", 4),
            Map.entry("branches", 4),
            Map.entry("branch-misses", 5),
            Map.entry("bus-cycles", 6),
            Map.entry("frontend-stalls", 7),
            Map.entry("backend-stalls", 8),
            Map.entry("ref-cycles", 9));

    private PerfEvents() {}

    static Optional<Integer> software(String name) {
        return Optional.ofNullable(SOFTWARE.get(name));
    }

    static Optional<Integer> hardware(String name) {
        return Optional.ofNullable(HARDWARE.get(name));
    }
}
