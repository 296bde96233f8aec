package dev.skep.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;

/** An exporter, of which is remembered what became of the last metrics. */
final class RememberedExports implements MetricExporter {
    private final MetricExporter exporter;
    private volatile CompletableResultCode last = CompletableResultCode.ofSuccess();

    RememberedExports(MetricExporter exporter) {
        this.exporter = exporter;
    }

    /** What became of the metrics that were sent last. */
    CompletableResultCode last() {
        return last;
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        CompletableResultCode result = exporter.export(metrics);
        last = result;
        return result;
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return exporter.getAggregationTemporality(type);
    }
}
