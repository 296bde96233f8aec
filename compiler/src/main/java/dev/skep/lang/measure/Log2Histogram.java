package dev.skep.lang.measure;

import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import java.util.List;

/**
 * How many numbers there were of each size: negative, 0, 1, 2 to 3, 4 to 7 and so on: {@code hist()} of bpftrace.
 *
 * <p>It has 520 bytes, more than a program's stack: use it as a static field, or as the value of a map (of a per-CPU one, so that no
 * count is lost). A key gets its first value from a static field that stays zero: {@code map.putIfAbsent(key, empty)}.
 */
public final class Log2Histogram extends Struct {
    /** How many sizes are told apart. */
    public static final int BUCKETS = 65;

    private static final int ZERO = 1;
    private static final String SUFFIXES = " KMGTPE";

    /** How many there were: of negative numbers, of 0, of 1, of 2 to 3 ... */
    @Length(BUCKETS)
    public long[] counts = new long[BUCKETS];

    /** Nothing counted yet. */
    public Log2Histogram() {}

    /** Counts a number. */
    public void record(long value) {
        counts[bucket(value)]++;
    }

    /** Where a number is counted: 0 to 64. */
    public static int bucket(long value) {
        return value < 0 ? 0 : ZERO + Long.SIZE - Long.numberOfLeadingZeros(value);
    }

    /** What all processors have counted together; for user space. */
    public static Log2Histogram sum(List<Log2Histogram> histograms) {
        Log2Histogram sum = new Log2Histogram();
        for (Log2Histogram histogram : histograms) {
            for (int i = 0; i < BUCKETS; i++) {
                sum.counts[i] += histogram.counts[i];
            }
        }
        return sum;
    }

    /** As bpftrace prints it, a line for each size from the first to the last that occurred; for user space. */
    public String text() {
        return HistogramText.of(counts, BUCKETS, Log2Histogram::label);
    }

    private static String label(int bucket) {
        return switch (bucket) {
            case 0 -> "(..., 0)";
            case ZERO -> "[0]";
            case ZERO + 1 -> "[1]";
            default -> "[" + power(bucket - 2) + ", " + power(bucket - 1) + ")";
        };
    }

    /** 2 to the {@code exponent}, in units of 1024 to some power. */
    private static String power(int exponent) {
        return ((1 << (exponent % 10)) + SUFFIXES.substring(exponent / 10, exponent / 10 + 1)).strip();
    }
}
