package dev.skep.cli.trace;

import java.util.Map;

/** The short names of the kinds of probes, and those of older versions. */
final class ProviderNames {
    private static final Map<String, String> FULL = Map.ofEntries(
            Map.entry("f", "fentry"),
            Map.entry("fr", "fexit"),
            Map.entry("kfunc", "fentry"),
            Map.entry("kretfunc", "fexit"),
            Map.entry("h", "hardware"),
            Map.entry("i", "interval"),
            Map.entry("it", "iter"),
            Map.entry("k", "kprobe"),
            Map.entry("kr", "kretprobe"),
            Map.entry("p", "profile"),
            Map.entry("rt", "rawtracepoint"),
            Map.entry("s", "software"),
            Map.entry("t", "tracepoint"),
            Map.entry("u", "uprobe"),
            Map.entry("ur", "uretprobe"),
            Map.entry("U", "usdt"),
            Map.entry("w", "watchpoint"));

    private ProviderNames() {}

    /** {@code kprobe} for {@code k}; the same for all else. */
    static String full(String name) {
        return FULL.getOrDefault(name, name);
    }
}
