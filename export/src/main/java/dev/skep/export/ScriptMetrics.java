package dev.skep.export;

import dev.skep.trace.metric.Metric;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableSumData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Metrics as OpenTelemetry's SDK takes them from who has counted already. */
final class ScriptMetrics implements MetricProducer {
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.skep.trace");

    private final Supplier<List<Metric>> metrics;
    private final long start = now();

    ScriptMetrics(Supplier<List<Metric>> metrics) {
        this.metrics = metrics;
    }

    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public Collection<MetricData> produce(Resource resource) {
        long now = now();
        return metrics.get().stream().map(metric -> data(metric, resource, now)).toList();
    }

    private MetricData data(Metric metric, Resource resource, long now) {
        return switch (metric.kind()) {
            case COUNTER ->
                ImmutableMetricData.createDoubleSum(
                        resource,
                        SCOPE,
                        metric.name(),
                        metric.help(),
                        "",
                        ImmutableSumData.create(true, AggregationTemporality.CUMULATIVE, numbers(metric, now)));
            case GAUGE ->
                ImmutableMetricData.createDoubleGauge(
                        resource,
                        SCOPE,
                        metric.name(),
                        metric.help(),
                        "",
                        ImmutableGaugeData.create(numbers(metric, now)));
            case HISTOGRAM ->
                ImmutableMetricData.createDoubleHistogram(
                        resource,
                        SCOPE,
                        metric.name(),
                        metric.help(),
                        "",
                        ImmutableHistogramData.create(
                                AggregationTemporality.CUMULATIVE,
                                metric.samples().stream()
                                        .map(sample -> histogram((Metric.Histogram) sample, now))
                                        .toList()));
        };
    }

    private List<DoublePointData> numbers(Metric metric, long now) {
        return metric.samples().stream()
                .map(Metric.Number.class::cast)
                .map(number -> ImmutableDoublePointData.create(start, now, attributes(number), number.value()))
                .toList();
    }

    /** What was summed up is not known: scripts keep the buckets alone. */
    private HistogramPointData histogram(Metric.Histogram histogram, long now) {
        List<Metric.Bucket> buckets = histogram.buckets();
        return HistogramPointData.create(
                start,
                now,
                attributes(histogram),
                Double.NaN,
                false,
                0,
                false,
                0,
                buckets.stream()
                        .limit(buckets.size() - 1L)
                        .map(Metric.Bucket::upperBound)
                        .toList(),
                buckets.stream().map(Metric.Bucket::count).toList());
    }

    private static Attributes attributes(Metric.Sample sample) {
        AttributesBuilder attributes = Attributes.builder();
        sample.labels().forEach(label -> attributes.put(label.name(), label.value()));
        return attributes.build();
    }
}
