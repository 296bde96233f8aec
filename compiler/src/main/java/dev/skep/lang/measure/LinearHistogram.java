package dev.skep.lang.measure;

import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import java.util.List;

/**
 * How many numbers there were in each of up to 126 steps of one size, and below and above these: {@code lhist()} of bpftrace.
 *
 * <p>It has 1024 bytes, more than a program's stack: use it as a static field, or as the value of a map (of a per-CPU one, so that no
 * count is lost).
 */
public final class LinearHistogram extends Struct {
    /** The most steps. */
    public static final int MOST_STEPS = 126;

    private static final int BUCKETS = MOST_STEPS + 2;
    private static final int KILO = 1024;

    /** How many there were: below the steps, in each, above. */
    @Length(BUCKETS)
    public long[] counts = new long[BUCKETS];

    /** Nothing counted yet. */
    public LinearHistogram() {}

    /**
     * Counts a number. What the steps are has to be the same each time, best in constants.
     *
     * @param minimum where the first step starts @param maximum where the last one ends
     * @param step how much each has; with more than {@link #MOST_STEPS} the last of these has all the rest
     */
    public void record(long value, long minimum, long maximum, long step) {
        long bucket;
        if (value < minimum) {
            bucket = 0;
        } else if (value >= maximum) {
            bucket = 1 + Long.divideUnsigned(maximum - minimum, step);
        } else {
            bucket = 1 + Long.divideUnsigned(value - minimum, step);
        }
        counts[(int) Math.min(bucket, BUCKETS - 1)]++;
    }

    /** What all processors have counted together; for user space. */
    public static LinearHistogram sum(List<LinearHistogram> histograms) {
        LinearHistogram sum = new LinearHistogram();
        for (LinearHistogram histogram : histograms) {
            for (int i = 0; i < BUCKETS; i++) {
                sum.counts[i] += histogram.counts[i];
            }
        }
        return sum;
    }

    /** As bpftrace prints it, a line for each step from the first to the last that occurred; for user space. As in {@link #record}. */
    public String text(long minimum, long maximum, long step) {
        int last = (int) Math.min(1 + (maximum - minimum) / step, BUCKETS - 1);
        return HistogramText.of(counts, last + 1, bucket -> {
            if (bucket == 0) {
                return "(..., " + label(minimum, step) + ")";
            }
            String from = "[" + label(minimum + (bucket - 1) * step, step) + ", ";
            return bucket == last ? from + "...)" : from + label(minimum + bucket * step, step) + ")";
        });
    }

    /** In units of 1024 and its square if the steps are multiples of 1024. */
    private static String label(long number, long step) {
        if (step % KILO != 0 || number == 0 || number % KILO != 0) {
            return Long.toString(number);
        }
        return number % (KILO * KILO) == 0 ? number / (KILO * KILO) + "M" : number / KILO + "K";
    }
}
