package dev.skep.lang.measure;

import java.util.Locale;
import java.util.function.IntFunction;

/** Prints counts as bars, column by column as bpftrace does. User space only. */
final class HistogramText {
    private static final int WIDTH = 52;

    private HistogramText() {}

    /** @param count how many of {@code counts} there are @param label what a line starts with */
    static String of(long[] counts, int count, IntFunction<String> label) {
        int first = count;
        int last = -1;
        long most = 0;
        for (int i = 0; i < count; i++) {
            if (counts[i] > 0) {
                first = Math.min(first, i);
                last = i;
                most = Math.max(most, counts[i]);
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = first; i <= last; i++) {
            String bar = "@".repeat((int) ((double) counts[i] / most * WIDTH));
            text.append(String.format(Locale.ROOT, "%-16s%8d |%-52s|%n", label.apply(i), counts[i], bar));
        }
        return text.toString();
    }
}
