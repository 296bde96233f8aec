package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;

/** What kernels differ in beyond types and helpers: instructions, and what the verifier accepts. From the history of kernel/bpf. */
public enum KernelFeature {
    JUMP32("32-bit jumps", "5.1"),
    BOUNDED_LOOPS("loops with a bound", "5.3"),
    GLOBAL_FUNCTIONS("global functions, checked on their own", "5.6"),
    TAIL_CALLS_WITH_FUNCTIONS("tail calls in programs with functions", "5.10"),
    ATOMICS("atomic operations that fetch", "5.12"),
    MAY_GOTO("loops bounded by may_goto", "6.9"),
    CPU_V4("instruction set v4: sign extension, byte swap, long jump", "6.6"),
    LOAD_ACQUIRE("load-acquire and store-release", "6.15");

    private final String description;
    private final KernelVersion since;

    KernelFeature(String description, String since) {
        this.description = description;
        this.since = KernelVersion.of(since);
    }

    /** A few words for people. */
    public String description() {
        return description;
    }

    /** The first kernel that has it. */
    public KernelVersion since() {
        return since;
    }
}
