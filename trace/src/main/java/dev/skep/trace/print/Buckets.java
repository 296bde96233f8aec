package dev.skep.trace.print;

import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/** The buckets of histograms: which numbers each is for. */
final class Buckets {
    private Buckets() {}

    static Value.Histogram logarithmic(TraceType.Histogram type, long[] counts, long divisor) {
        return new Value.Histogram(
                filled(counts, divisor, bucket -> range(bucket, type.bits())), false, 1L << type.bits());
    }

    static Value.Histogram linear(TraceType.LinearHistogram type, long[] counts) {
        return new Value.Histogram(filled(counts, 1, bucket -> range(bucket, type)), true, type.step());
    }

    /** A bucket without its count. */
    private record Range(OptionalLong from, OptionalLong to) {}

    /** From the first that counted to the last. */
    private static List<Value.Bucket> filled(long[] counts, long divisor, IntFunction<Range> ranges) {
        int first = 0;
        int end = counts.length;
        while (first < end && counts[first] == 0) {
            first++;
        }
        while (end > first && counts[end - 1] == 0) {
            end--;
        }
        List<Value.Bucket> buckets = new ArrayList<>();
        for (int i = first; i < end; i++) {
            Range range = ranges.apply(i);
            buckets.add(new Value.Bucket(range.from(), range.to(), counts[i] / divisor));
        }
        return buckets;
    }

    private static Range range(int bucket, int bits) {
        if (bucket == 0) {
            return new Range(OptionalLong.empty(), OptionalLong.of(0));
        }
        int small = 1 << bits; // numbers below have a bucket each
        int number = bucket - 1;
        if (number < small) {
            return new Range(OptionalLong.of(number), OptionalLong.of(number + 1L));
        }
        int power = bits + ((number - small) >> bits);
        long width = 1L << (power - bits);
        long from = (1L << power) + ((number - small) & (small - 1)) * width;
        return new Range(OptionalLong.of(from), OptionalLong.of(from + width));
    }

    private static Range range(int bucket, TraceType.LinearHistogram type) {
        if (bucket == 0) {
            return new Range(OptionalLong.empty(), OptionalLong.of(type.min()));
        }
        if (bucket == type.buckets() - 1) {
            return new Range(OptionalLong.of(type.max()), OptionalLong.empty());
        }
        long from = type.min() + (bucket - 1) * type.step();
        return new Range(OptionalLong.of(from), OptionalLong.of(from + type.step()));
    }
}
