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
            64,
            1_000_000,
            StackMode.BPFTRACE,
            "error",
            "..",
            "GPL",
            true,
            true,
            false);

    /** The same with another {@code maxStringLength}. */
    public Settings withMaxStringLength(int value) {
        return new Settings(
                value,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code maxMapKeys}. */
    public Settings withMaxMapKeys(int value) {
        return new Settings(
                maxStringLength,
                value,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code maxProbes}. */
    public Settings withMaxProbes(int value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                value,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code maxPrograms}. */
    public Settings withMaxPrograms(int value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                value,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code maxCatBytes}. */
    public Settings withMaxCatBytes(int value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                value,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code onStackLimit}. */
    public Settings withOnStackLimit(int value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                value,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code ringPages}. */
    public Settings withRingPages(int value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                value,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code stackMode}. */
    public Settings withStackMode(StackMode value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                value,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code missingProbes}. */
    public Settings withMissingProbes(String value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                value,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code truncationTrailer}. */
    public Settings withTruncationTrailer(String value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                value,
                license,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code license}. */
    public Settings withLicense(String value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                value,
                printMapsOnExit,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code printMapsOnExit}. */
    public Settings withPrintMapsOnExit(boolean value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                value,
                demangle,
                lazySymbols);
    }

    /** The same with another {@code demangle}. */
    public Settings withDemangle(boolean value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                value,
                lazySymbols);
    }

    /** The same with another {@code lazySymbols}. */
    public Settings withLazySymbols(boolean value) {
        return new Settings(
                maxStringLength,
                maxMapKeys,
                maxProbes,
                maxPrograms,
                maxCatBytes,
                onStackLimit,
                ringPages,
                logSize,
                stackMode,
                missingProbes,
                truncationTrailer,
                license,
                printMapsOnExit,
                demangle,
                value);
    }
}
