package dev.skep.cli.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Lengths of time as people read them. */
public final class Interval {
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private static final long MINUTE = 60; // seconds
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Interval() {}

    /** In the unit that suits: {@code 850 ns}, {@code 1.2 us}, {@code 3.4 ms}, {@code 5.6 s}. */
    public static String text(Duration length) {
        long nanos = length.toNanos();
        if (nanos < MICROSECOND) {
            return nanos + " ns";
        }
        if (nanos < MILLISECOND) {
            return decimal(nanos, MICROSECOND, "us");
        }
        return nanos < SECOND ? decimal(nanos, MILLISECOND, "ms") : decimal(nanos, SECOND, "s");
    }

    /** Since a moment, in whole units: {@code 12s}, {@code 5m}, {@code 3h}, {@code 40d}. */
    public static String age(Instant moment) {
        long seconds = Math.max(0, Duration.between(moment, Instant.now()).toSeconds());
        if (seconds < MINUTE) {
            return seconds + "s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + "m";
        }
        return seconds < DAY ? seconds / HOUR + "h" : seconds / DAY + "d";
    }

    private static String decimal(long nanos, long unit, String name) {
        return String.format(Locale.ROOT, "%.1f %s", (double) nanos / unit, name);
    }
}
