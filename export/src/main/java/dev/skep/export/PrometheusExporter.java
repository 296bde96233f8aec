package dev.skep.export;

import dev.skep.trace.metric.Metric;
import dev.skep.trace.metric.MetricExporter;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/** A small server that Prometheus asks: {@code http://HOST:PORT/metrics}. */
public final class PrometheusExporter implements MetricExporter {
    private static final int HIGHEST_PORT = 65_535;

    @Override
    public String name() {
        return "prometheus";
    }

    /** @param address {@code :PORT}, for any of the machine's addresses, or {@code HOST:PORT} */
    @Override
    public AutoCloseable start(String address, Supplier<List<Metric>> metrics) {
        InetSocketAddress place = place(address);
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register((MultiCollector) () -> snapshots(metrics.get()));
        try {
            return HTTPServer.builder()
                    .inetAddress(place.getAddress())
                    .port(place.getPort())
                    .registry(registry)
                    .buildAndStart();
        } catch (IOException e) {
            throw new UncheckedIOException("serving metrics at " + address, e);
        }
    }

    private static InetSocketAddress place(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon <= 0 ? "0.0.0.0" : address.substring(0, colon);
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            InetSocketAddress place = new InetSocketAddress(host, port);
            if (port <= HIGHEST_PORT && !place.isUnresolved()) {
                return place;
            }
        } catch (IllegalArgumentException wrong) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "'" + address + "' is no place to serve metrics at: give :PORT or HOST:PORT, as in :9435");
    }

    private static MetricSnapshots snapshots(List<Metric> metrics) {
        return new MetricSnapshots(
                metrics.stream().map(PrometheusExporter::snapshot).toList());
    }

    private static MetricSnapshot snapshot(Metric metric) {
        return switch (metric.kind()) {
            case COUNTER -> {
                CounterSnapshot.Builder builder =
                        CounterSnapshot.builder().name(metric.name()).help(metric.help());
                numbers(metric)
                        .forEach(number -> builder.dataPoint(
                                new CounterDataPointSnapshot(number.value(), labels(number), null, 0)));
                yield builder.build();
            }
            case GAUGE -> {
                GaugeSnapshot.Builder builder =
                        GaugeSnapshot.builder().name(metric.name()).help(metric.help());
                numbers(metric)
                        .forEach(number ->
                                builder.dataPoint(new GaugeDataPointSnapshot(number.value(), labels(number), null)));
                yield builder.build();
            }
            case HISTOGRAM -> {
                HistogramSnapshot.Builder builder =
                        HistogramSnapshot.builder().name(metric.name()).help(metric.help());
                metric.samples().forEach(sample -> builder.dataPoint(histogram((Metric.Histogram) sample)));
                yield builder.build();
            }
        };
    }

    private static List<Metric.Number> numbers(Metric metric) {
        return metric.samples().stream().map(Metric.Number.class::cast).toList();
    }

    private static HistogramDataPointSnapshot histogram(Metric.Histogram histogram) {
        ClassicHistogramBuckets buckets = ClassicHistogramBuckets.of(
                histogram.buckets().stream().map(Metric.Bucket::upperBound).toList(),
                histogram.buckets().stream().map(Metric.Bucket::count).toList());
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets)
                .labels(labels(histogram))
                .build();
    }

    private static Labels labels(Metric.Sample sample) {
        Labels.Builder labels = Labels.builder();
        sample.labels().forEach(label -> labels.label(label.name(), label.value()));
        return labels.build();
    }
}
