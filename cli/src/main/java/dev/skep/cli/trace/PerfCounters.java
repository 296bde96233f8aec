package dev.skep.cli.trace;

import dev.skep.object.attach.PerfSource;

/** What bpftrace's probes {@code software} and {@code hardware} count, and every how many events unless told otherwise. */
final class PerfCounters {
    private static final long MILLION = 1_000_000;
    private static final long HUNDRED_THOUSAND = 100_000;

    private PerfCounters() {}

    /** An event and how many of it make a sample. */
    record Counter(PerfSource source, long period) {}

    /** @param number as perf_event_open(2) has it @param period 0 for the default */
    static Counter software(int number, long period) {
        PerfSource.SoftwareEvent event = PerfSource.SoftwareEvent.values()[number];
        return new Counter(new PerfSource.Software(event), period == 0 ? usual(event) : period);
    }

    private static long usual(PerfSource.SoftwareEvent event) {
        return switch (event) {
            case CPU_CLOCK, TASK_CLOCK -> MILLION;
            case PAGE_FAULTS, PAGE_FAULTS_MIN -> 100;
            case CONTEXT_SWITCHES -> 1_000;
            default -> 1;
        };
    }

    /** @param number as perf_event_open(2) has it @param period 0 for the default */
    static Counter hardware(int number, long period) {
        PerfSource.HardwareEvent event = PerfSource.HardwareEvent.values()[number];
        return new Counter(new PerfSource.Hardware(event), period == 0 ? usual(event) : period);
    }

    private static long usual(PerfSource.HardwareEvent event) {
        return switch (event) {
            case BRANCH_INSTRUCTIONS, BRANCH_MISSES, BUS_CYCLES -> HUNDRED_THOUSAND;
            default -> MILLION;
        };
    }
}
