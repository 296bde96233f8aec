package dev.skep.trace.print;

import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Puts the values that the CPUs have of an aggregation together. */
final class Aggregations {
    private Aggregations() {}

    /**
     * What the CPUs found out together.
     *
     * @param parts each CPU's value, at its start
     * @param divisor what numbers are divided by; 1 leaves them as they are
     */
    static Value value(TraceType.Aggregation type, List<MemorySegment> parts, long divisor) {
        return switch (type) {
            case TraceType.Count _ -> new Value.Number(total(parts, 0) / divisor, true);
            case TraceType.Sum(boolean signed) -> new Value.Number(divided(total(parts, 0), divisor, signed), signed);
            case TraceType.Extreme extreme ->
                new Value.Number(divided(extreme(extreme, parts), divisor, extreme.signed()), extreme.signed());
            case TraceType.Average average -> average(average, parts, divisor);
            case TraceType.Histogram histogram ->
                Buckets.logarithmic(histogram, totals(parts, histogram.buckets()), divisor);
            case TraceType.LinearHistogram histogram ->
                Buckets.linear(histogram, totals(parts, histogram.buckets())); // bpftrace divides what is logarithmic
            case TraceType.TimeSeries series ->
                TimeSlots.of(series, parts, divisor).series();
        };
    }

    static long divided(long value, long divisor, boolean signed) {
        return signed ? value / divisor : Long.divideUnsigned(value, divisor);
    }

    private static long total(List<MemorySegment> parts, long offset) {
        long sum = 0;
        for (MemorySegment part : parts) {
            sum += part.get(Decoder.I64, offset);
        }
        return sum;
    }

    private static long[] totals(List<MemorySegment> parts, int count) {
        long[] sums = new long[count];
        for (int i = 0; i < count; i++) {
            sums[i] = total(parts, (long) i * Long.BYTES);
        }
        return sums;
    }

    /** The greatest or least of those that have one; 0 if none has. */
    private static long extreme(TraceType.Extreme type, List<MemorySegment> parts) {
        boolean found = false;
        long best = 0;
        for (MemorySegment part : parts) {
            if (part.get(Decoder.I64, Long.BYTES) != 0) {
                long value = part.get(Decoder.I64, 0);
                int order = type.signed() ? Long.compare(value, best) : Long.compareUnsigned(value, best);
                if (!found || (type.greatest() ? order > 0 : order < 0)) {
                    best = value;
                }
                found = true;
            }
        }
        return best;
    }

    private static Value average(TraceType.Average type, List<MemorySegment> parts, long divisor) {
        long sum = total(parts, 0);
        long count = total(parts, Long.BYTES);
        long average = count == 0 ? 0 : divided(sum, count, type.signed());
        return type.all()
                ? new Value.Statistics(count, divided(average, divisor, type.signed()), sum, type.signed())
                : new Value.Number(divided(average, divisor, type.signed()), type.signed());
    }
}
