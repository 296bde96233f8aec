package dev.skep.trace.plan;

import dev.skep.trace.type.TraceType.StackMode;

/**
 * What a script's {@code config} and the environment ({@code BPFTRACE_*}) set.
 *
 * @param maxStringLength bytes of {@code str}, {@code buf}, {@code path}
 * @param maxMapKeys entries of maps whose size is not declared
 * @param maxProbes at most so many are attached
 * @param maxCatBytes of {@code cat}
 * @param onStackLimit bytes of a value up to which it may be on the stack
 * @param missingProbes {@code error}, {@code warn} or {@code ignore}
 * @param truncationTrailer what follows a text that was cut
 */
public record Settings(
        int maxStringLength,
        int maxMapKeys,
        int maxProbes,
        int maxPrograms,
        int maxCatBytes,
        int onStackLimit,
        int ringPages,
        long logSize,
        StackMode stackMode,
        String missingProbes,
        String truncationTrailer,
        String license,
        boolean printMapsOnExit,
        boolean demangle,
        boolean lazySymbols) {
    /** What bpftrace's reference says. */
    public static final Settings DEFAULTS = new Settings(
            1024,
            4096,
            1024,
            1024,
            10_240,
            32,
            1_024,
            1_000_000,
            StackMode.BPFTRACE,
            "error",
            "..",
            "GPL",
            true,
            true,
            false);

    /** A copy to be changed. */
    public SettingsDraft draft() {
        return new SettingsDraft(this);
    }
}
