package dev.skep.trace.plan;

import dev.skep.trace.type.TraceType.StackMode;

/** {@link Settings} that are being changed; each method changes the component of its name. */
public final class SettingsDraft {
    private int maxStringLength;
    private int maxMapKeys;
    private int maxProbes;
    private int maxPrograms;
    private int maxCatBytes;
    private int onStackLimit;
    private int ringPages;
    private long logSize;
    private StackMode stackMode;
    private String missingProbes;
    private String truncationTrailer;
    private String license;
    private boolean printMapsOnExit;
    private boolean demangle;
    private boolean lazySymbols;

    SettingsDraft(Settings settings) {
        this.maxStringLength = settings.maxStringLength();
        this.maxMapKeys = settings.maxMapKeys();
        this.maxProbes = settings.maxProbes();
        this.maxPrograms = settings.maxPrograms();
        this.maxCatBytes = settings.maxCatBytes();
        this.onStackLimit = settings.onStackLimit();
        this.ringPages = settings.ringPages();
        this.logSize = settings.logSize();
        this.stackMode = settings.stackMode();
        this.missingProbes = settings.missingProbes();
        this.truncationTrailer = settings.truncationTrailer();
        this.license = settings.license();
        this.printMapsOnExit = settings.printMapsOnExit();
        this.demangle = settings.demangle();
        this.lazySymbols = settings.lazySymbols();
    }

    /** Takes what differs from the defaults in others. */
    public SettingsDraft overriddenBy(Settings settings) {
        maxStringLength = chosen(maxStringLength, settings.maxStringLength(), Settings.DEFAULTS.maxStringLength());
        maxMapKeys = chosen(maxMapKeys, settings.maxMapKeys(), Settings.DEFAULTS.maxMapKeys());
        maxProbes = chosen(maxProbes, settings.maxProbes(), Settings.DEFAULTS.maxProbes());
        maxPrograms = chosen(maxPrograms, settings.maxPrograms(), Settings.DEFAULTS.maxPrograms());
        maxCatBytes = chosen(maxCatBytes, settings.maxCatBytes(), Settings.DEFAULTS.maxCatBytes());
        onStackLimit = chosen(onStackLimit, settings.onStackLimit(), Settings.DEFAULTS.onStackLimit());
        ringPages = chosen(ringPages, settings.ringPages(), Settings.DEFAULTS.ringPages());
        logSize = chosen(logSize, settings.logSize(), Settings.DEFAULTS.logSize());
        stackMode = chosen(stackMode, settings.stackMode(), Settings.DEFAULTS.stackMode());
        missingProbes = chosen(missingProbes, settings.missingProbes(), Settings.DEFAULTS.missingProbes());
        truncationTrailer =
                chosen(truncationTrailer, settings.truncationTrailer(), Settings.DEFAULTS.truncationTrailer());
        license = chosen(license, settings.license(), Settings.DEFAULTS.license());
        printMapsOnExit = chosen(printMapsOnExit, settings.printMapsOnExit(), Settings.DEFAULTS.printMapsOnExit());
        demangle = chosen(demangle, settings.demangle(), Settings.DEFAULTS.demangle());
        lazySymbols = chosen(lazySymbols, settings.lazySymbols(), Settings.DEFAULTS.lazySymbols());
        return this;
    }

    private static <T> T chosen(T own, T other, T usual) {
        return other.equals(usual) ? own : other;
    }

    /** As they are now. */
    public Settings settings() {
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
                lazySymbols);
    }

    /** {@link Settings#maxStringLength}. */
    public void maxStringLength(int value) {
        maxStringLength = value;
    }

    /** {@link Settings#maxMapKeys}. */
    public void maxMapKeys(int value) {
        maxMapKeys = value;
    }

    /** {@link Settings#maxProbes}. */
    public void maxProbes(int value) {
        maxProbes = value;
    }

    /** {@link Settings#maxPrograms}. */
    public void maxPrograms(int value) {
        maxPrograms = value;
    }

    /** {@link Settings#maxCatBytes}. */
    public void maxCatBytes(int value) {
        maxCatBytes = value;
    }

    /** {@link Settings#onStackLimit}. */
    public void onStackLimit(int value) {
        onStackLimit = value;
    }

    /** {@link Settings#ringPages}. */
    public void ringPages(int value) {
        ringPages = value;
    }

    /** {@link Settings#stackMode}. */
    public void stackMode(StackMode value) {
        stackMode = value;
    }

    /** {@link Settings#missingProbes}. */
    public void missingProbes(String value) {
        missingProbes = value;
    }

    /** {@link Settings#truncationTrailer}. */
    public void truncationTrailer(String value) {
        truncationTrailer = value;
    }

    /** {@link Settings#license}. */
    public void license(String value) {
        license = value;
    }

    /** {@link Settings#printMapsOnExit}. */
    public void printMapsOnExit(boolean value) {
        printMapsOnExit = value;
    }

    /** {@link Settings#demangle}. */
    public void demangle(boolean value) {
        demangle = value;
    }

    /** {@link Settings#lazySymbols}. */
    public void lazySymbols(boolean value) {
        lazySymbols = value;
    }
}
