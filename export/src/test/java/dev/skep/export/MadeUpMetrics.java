package dev.skep.export;

import dev.skep.trace.metric.Metric;
import java.util.List;

/** One metric of each kind. */
final class MadeUpMetrics {
    static final List<Metric> ALL = List.of(
            new Metric(
                    "skep_opens",
                    "opens",
                    Metric.Kind.COUNTER,
                    List.of(new Metric.Number(List.of(new Metric.Label("key", "sh")), 7))),
            new Metric("skep_level", "level", Metric.Kind.GAUGE, List.of(new Metric.Number(List.of(), -2.5))),
            new Metric(
                    "skep_sizes",
                    "sizes",
                    Metric.Kind.HISTOGRAM,
                    List.of(new Metric.Histogram(
                            List.of(),
                            List.of(
                                    new Metric.Bucket(7, 2),
                                    new Metric.Bucket(15, 3),
                                    new Metric.Bucket(Double.POSITIVE_INFINITY, 1))))));

    private MadeUpMetrics() {}
}
