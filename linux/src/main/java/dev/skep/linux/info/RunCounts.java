package dev.skep.linux.info;

import java.time.Duration;

/**
 * How often a program has run, since it was loaded.
 *
 * @param time spent in it @param runs number of runs; both only count while {@link RunStatistics} are enabled
 * @param missed runs that the kernel left out because the program was running already on that CPU
 */
public record RunCounts(Duration time, long runs, long missed) {}
