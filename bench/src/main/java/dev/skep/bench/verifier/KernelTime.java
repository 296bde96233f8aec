package dev.skep.bench.verifier;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.load.ProgramOutcome;
import dev.skep.object.BpfObject;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the running kernel's verifier says of its own work in its log.
 *
 * @param nanos that it took
 * @param instructions that it followed
 * @param peakStates states kept at the same time
 */
record KernelTime(long nanos, long instructions, int peakStates) {
    /** {@code BPF_LOG_STATS}, linux/bpf_verifier.h. */
    private static final int STATISTICS = 4;

    private static final Pattern TEXT = Pattern.compile(
            "verification time (\\d+) usec.*?processed (\\d+) insns.*?peak_states (\\d+)", Pattern.DOTALL);

    /**
     * Loads an object.
     *
     * @return by program; those that the kernel refuses are left out
     */
    static Map<String, KernelTime> measure(LinuxHost host, BpfObject object) {
        Map<String, KernelTime> times = new HashMap<>();
        try (LinuxObject loaded = host.open(object).logLevel(STATISTICS).loadEach()) {
            for (ProgramOutcome outcome : loaded.outcomes()) {
                if (outcome instanceof ProgramOutcome.Loaded accepted) {
                    times.put(outcome.spec().name(), read(accepted.log().text()));
                }
            }
        }
        return times;
    }

    private static KernelTime read(String log) {
        Matcher found = TEXT.matcher(log);
        if (!found.find()) {
            throw new IllegalStateException("the kernel's log has no statistics: " + log);
        }
        return new KernelTime(
                Long.parseLong(found.group(1)) * 1000,
                Long.parseLong(found.group(2)),
                Integer.parseInt(found.group(3)));
    }
}
