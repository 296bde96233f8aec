package dev.skep.export;

import dev.skep.trace.metric.Metric;
import dev.skep.trace.metric.MetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends metrics by OTLP over HTTP: every ten seconds, or as often as {@code OTEL_METRIC_EXPORT_INTERVAL} says, and once more at the end.
 * {@code OTEL_EXPORTER_OTLP_[METRICS_]ENDPOINT}, {@code ..._HEADERS} and {@code OTEL_SERVICE_NAME} are what OpenTelemetry's specification
 * says ("OpenTelemetry Protocol Exporter").
 */
public final class OtlpExporter implements MetricExporter {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final Map<String, String> environment;

    /** With the process's environment. */
    public OtlpExporter() {
        this(System.getenv());
    }

    OtlpExporter(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "otlp";
    }

    /** @param address the collector's: {@code http://localhost:4318}; empty for the environment's, or that one */
    @Override
    public AutoCloseable start(String address, Supplier<List<Metric>> metrics) {
        OtlpHttpMetricExporterBuilder exporter = OtlpHttpMetricExporter.builder();
        endpoint(address).ifPresent(exporter::setEndpoint);
        first("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS")
                .ifPresent(headers -> addHeaders(exporter, headers));
        Resource resource = Resource.getDefault().toBuilder()
                .put("service.name", environment.getOrDefault("OTEL_SERVICE_NAME", "skep-trace"))
                .build();
        RememberedExports remembered = new RememberedExports(exporter.build());
        SdkMeterProvider provider = SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricProducer(new ScriptMetrics(metrics))
                .registerMetricReader(PeriodicMetricReader.builder(remembered)
                        .setInterval(interval())
                        .build())
                .build();
        return () -> end(provider, remembered);
    }

    private static void end(SdkMeterProvider provider, RememberedExports exports) {
        provider.shutdown().join(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        if (!exports.last().isSuccess()) {
            throw new UncheckedIOException(
                    "sending the last metrics to the collector",
                    new IOException("it cannot be reached, or does not take them: see --otlp-endpoint and OTEL_*"));
        }
    }

    private Optional<String> first(String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Of a collector the path is known; an endpoint for metrics alone is taken as it is. */
    private Optional<String> endpoint(String address) {
        Optional<String> exact = first("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
        if (address.isEmpty() && exact.isPresent()) {
            return exact;
        }
        Optional<String> collector = address.isEmpty() ? first("OTEL_EXPORTER_OTLP_ENDPOINT") : Optional.of(address);
        return collector.map(
                place -> place.endsWith("/v1/metrics") ? place : place.replaceAll("/+$", "") + "/v1/metrics");
    }

    private static void addHeaders(OtlpHttpMetricExporterBuilder exporter, String headers) {
        for (String header : headers.split(",")) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                exporter.addHeader(
                        header.substring(0, equals).strip(),
                        header.substring(equals + 1).strip());
            }
        }
    }

    private Duration interval() {
        String given = environment.getOrDefault("OTEL_METRIC_EXPORT_INTERVAL", "");
        if (given.isEmpty()) {
            return INTERVAL;
        }
        try {
            return Duration.ofMillis(Math.max(1, Long.parseLong(given)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "OTEL_METRIC_EXPORT_INTERVAL is '" + given + "': give milliseconds, as in 60000", e);
        }
    }
}
