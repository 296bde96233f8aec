package dev.skep.cli.kernel;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time as people read them. */
public final class Interval {
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

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

    private static String decimal(long nanos, long unit, String name) {
        return String.format(Locale.ROOT, "%.1f %s", (double) nanos / unit, name);
    }
}
