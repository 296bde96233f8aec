package dev.skep.cli.trace;

import dev.skep.trace.type.TraceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * How the kernel's clocks stand to that of the wall, in nanoseconds.
 *
 * @param monotonic the wall's minus {@code CLOCK_MONOTONIC}, which is what the JVM counts by on Linux
 * @param boot the wall's minus {@code CLOCK_BOOTTIME}
 */
record Clocks(long monotonic, long boot) {
    private static final long SECOND = 1_000_000_000L;
    /** {@code /proc/uptime} has hundredths of a second. */
    private static final long UPTIME_ERROR = SECOND / 50;

    static Clocks now() {
        Instant now = Instant.now();
        long wall = now.getEpochSecond() * SECOND + now.getNano();
        long monotonic = System.nanoTime();
        long asleep = uptime(monotonic) - monotonic;
        // The two clocks differ by the time the machine has been suspended; most never are.
        return new Clocks(wall - monotonic, wall - monotonic - (asleep > UPTIME_ERROR ? asleep : 0));
    }

    private static long uptime(long otherwise) {
        try {
            String text = Files.readString(Path.of("/proc/uptime"));
            return (long) (Double.parseDouble(text.substring(0, text.indexOf(' '))) * SECOND);
        } catch (IOException e) {
            return otherwise;
        }
    }

    /** The time by {@code CLOCK_BOOTTIME}. */
    long bootTime() {
        return System.nanoTime() + monotonic - boot;
    }

    /** Since 1970. International atomic time is taken as the kernel keeps it: the wall's, unless somebody set an offset. */
    long wall(TraceType.Clock clock, long nanoseconds) {
        return switch (clock) {
            case MONOTONIC -> nanoseconds + monotonic;
            case BOOT -> nanoseconds + boot;
            case TAI, SOFTWARE_TAI -> nanoseconds;
        };
    }
}
