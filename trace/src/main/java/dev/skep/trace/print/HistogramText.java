package dev.skep.trace.print;

import java.util.OptionalLong;

/** Histograms as rows of bars. */
final class HistogramText {
    private static final int BAR_WIDTH = 52;
    private static final int LABEL_WIDTH = 16;
    private static final int COUNT_WIDTH = 8;
    private static final int KIBI = 10;
    private static final String UNITS = "KMGTPE";

    private HistogramText() {}

    static void append(Value.Histogram histogram, TextBuffer out) {
        long most = histogram.buckets().stream()
                .mapToLong(Value.Bucket::count)
                .max()
                .orElse(0);
        for (Value.Bucket bucket : histogram.buckets()) {
            int start = out.length();
            label(bucket, histogram, out);
            out.repeat(' ', LABEL_WIDTH - (out.length() - start));
            out.repeat(' ', COUNT_WIDTH - TextBuffer.digits(bucket.count(), 10));
            out.append(bucket.count(), false).append(" |");
            int bar = most == 0 ? 0 : (int) (bucket.count() / (float) most * BAR_WIDTH);
            out.repeat('@', bar).repeat(' ', BAR_WIDTH - bar).append("|\n");
        }
    }

    private static void label(Value.Bucket bucket, Value.Histogram histogram, TextBuffer out) {
        OptionalLong from = bucket.from();
        OptionalLong to = bucket.to();
        if (from.isEmpty()) {
            out.append("(..., ");
            bound(to.orElseThrow(), histogram, out);
            out.append(')');
        } else if (to.isEmpty()) {
            out.append('[');
            bound(from.getAsLong(), histogram, out);
            out.append(", ...)");
        } else {
            out.append('[');
            bound(from.getAsLong(), histogram, out);
            if (to.getAsLong() - from.getAsLong() != 1) {
                out.append(", ");
                bound(to.getAsLong(), histogram, out);
                out.append(')');
            } else {
                out.append(']');
            }
        }
    }

    private static void bound(long number, Value.Histogram histogram, TextBuffer out) {
        if (histogram.linear()) {
            steps(number, histogram.step(), out);
        } else {
            powers(number, histogram.step(), out);
        }
    }

    /** With a unit where it is a whole number of them; steps that are none of 1,024 are shown as they are. */
    private static void steps(long number, long step, TextBuffer out) {
        int unit = 0;
        long scaled = number;
        boolean scales = step % (1 << KIBI) == 0;
        while (scales && scaled != 0 && scaled % (1 << KIBI) == 0 && unit < UNITS.length()) {
            scaled >>= KIBI;
            unit++;
        }
        unit(out.append(scaled, true), unit);
    }

    /** In the unit that the width of buckets at that place is a whole number of. @param parts of each power of two */
    private static void powers(long number, long parts, TextBuffer out) {
        int width = Long.numberOfLeadingZeros(parts) - Long.numberOfLeadingZeros(number); // its logarithm
        int unit = Math.max(0, width) / KIBI;
        unit(out.append(number >>> (unit * KIBI), false), unit);
    }

    private static void unit(TextBuffer out, int unit) {
        if (unit > 0) {
            out.append(UNITS.charAt(unit - 1));
        }
    }
}
