package dev.skep.trace.metric;

import java.util.List;

/**
 * Numbers of one kind.
 *
 * @param name of letters, digits and underscores; of a counter without {@code _total}
 * @param help what it is, in a few words
 * @param samples with different labels
 */
public record Metric(String name, String help, Kind kind, List<Sample> samples) {
    public Metric {
        samples = List.copyOf(samples);
    }

    /** What a metric's numbers do. */
    public enum Kind {
        /** They only grow, unless the script clears its map. */
        COUNTER,
        /** They go up and down. */
        GAUGE,
        /** They are counts of buckets. */
        HISTOGRAM
    }

    /** A number, or a histogram, with what tells it from others. */
    public sealed interface Sample {
        /** What tells it from others. */
        List<Label> labels();
    }

    /** A name and a text. */
    public record Label(String name, String value) {}

    /** A number. */
    public record Number(List<Label> labels, double value) implements Sample {
        public Number {
            labels = List.copyOf(labels);
        }
    }

    /** A histogram: buckets side by side from the least on, of which the last has no end. */
    public record Histogram(List<Label> labels, List<Bucket> buckets) implements Sample {
        public Histogram {
            labels = List.copyOf(labels);
            buckets = List.copyOf(buckets);
        }
    }

    /** A bucket. @param upperBound the greatest number in it, or infinity @param count of its own */
    public record Bucket(double upperBound, long count) {}
}
