package dev.skep.trace.print;

import java.util.List;

/** Time series as a plot: a line for each interval, with a mark between the least value and the greatest. */
final class SeriesText {
    private static final int WIDTH = 53;
    private static final int LEFT_WIDTH = 21;

    private final Value.Series series;
    private final TextBuffer out;
    private final Precision precision;
    private final boolean signed;
    private final long least;
    private final long greatest;

    /** How times are written. @param digits behind the second */
    private enum Precision {
        SECONDS("hh:mm:ss", 0),
        MILLISECONDS("hh:mm:ss.ms", 3),
        MICROSECONDS("hh:mm:ss.\u03bcs", 6),
        NANOSECONDS("hh:mm:ss.ns", 9);

        private final String title;
        private final int digits;

        Precision(String title, int digits) {
            this.title = title;
            this.digits = digits;
        }

        /** What tells the intervals of a series apart; of one alone everything is shown. */
        static Precision of(Value.Series series) {
            long interval = series.points().size() < 2 ? 0 : series.interval();
            return interval >= 1_000_000_000
                    ? SECONDS
                    : interval >= 1_000_000 ? MILLISECONDS : interval >= 1_000 ? MICROSECONDS : NANOSECONDS;
        }

        int width() {
            return 8 + (digits == 0 ? 0 : digits + 1);
        }
    }

    private SeriesText(Value.Series series, List<Value.Number> numbers, TextBuffer out) {
        this.series = series;
        this.out = out;
        this.precision = Precision.of(series);
        this.signed = numbers.getFirst().signed();
        long low = numbers.getFirst().value();
        long high = low;
        for (Value.Number number : numbers) {
            low = isLess(number.value(), low) ? number.value() : low;
            high = isLess(high, number.value()) ? number.value() : high;
        }
        boolean flat = low == high;
        long bottom = signed ? Long.MIN_VALUE : 0;
        long top = signed ? Long.MAX_VALUE : -1;
        this.least = flat && low != bottom ? low - 1 : low;
        this.greatest = flat && high != top ? high + 1 : high;
    }

    private boolean isLess(long one, long other) {
        return signed ? one < other : Long.compareUnsigned(one, other) < 0;
    }

    static void append(Value.Series series, TextBuffer out) {
        List<Value.Number> numbers = series.points().stream()
                .map(Value.Point::value)
                .filter(Value.Number.class::isInstance)
                .map(Value.Number.class::cast)
                .toList();
        if (numbers.isEmpty()) {
            out.append("<no data>\n");
        } else {
            new SeriesText(series, numbers, out).append();
        }
    }

    private void append() {
        bounds();
        int start = out.length();
        out.append(precision.title);
        out.repeat(' ', precision.width() + 1 - (out.length() - start));
        out.append('|').repeat('_', WIDTH - 2).append("|\n");
        for (Value.Point point : series.points()) {
            time(point.start());
            out.append(' ');
            row(point.value());
        }
        out.repeat(' ', precision.width() + 1)
                .append('v')
                .repeat('_', WIDTH - 2)
                .append("v\n");
        bounds();
    }

    private void bounds() {
        out.repeat(' ', precision.width() + 1);
        int start = out.length();
        out.append(least, signed);
        out.repeat(' ', LEFT_WIDTH - (out.length() - start));
        int width = TextBuffer.digits(signed ? Math.abs(greatest) : greatest, 10) + (signed && greatest < 0 ? 1 : 0);
        out.repeat(' ', WIDTH - LEFT_WIDTH - width).append(greatest, signed).append('\n');
    }

    private void time(long nanoseconds) {
        out.append(TimeFormat.of("%H:%M:%S").format(nanoseconds));
        if (precision.digits > 0) {
            String fraction = Long.toString(1_000_000_000L + Math.floorMod(nanoseconds, 1_000_000_000L));
            out.append('.').append(fraction.substring(1, 1 + precision.digits));
        }
    }

    private void row(Value value) {
        StringBuilder row = new StringBuilder("|" + " ".repeat(WIDTH - 2) + "|");
        if (signed && least < 0 && greatest > 0) {
            int zero = (int) (WIDTH * part(0));
            if (zero > 0) {
                row.setCharAt(zero, '.');
            }
        }
        if (value instanceof Value.Number(long number, boolean _)) {
            row.setCharAt(Math.clamp((int) ((WIDTH - 1) * part(number)), 0, WIDTH - 1), '*');
            out.append(row.toString()).append(' ').append(number, signed).append('\n');
        } else {
            out.append(row.toString()).append(" -\n");
        }
    }

    /** Where a number is between the least and the greatest: 0 to 1. */
    private double part(long number) {
        double range = (double) greatest - (double) least;
        return ((double) number - (double) least) / range;
    }
}
