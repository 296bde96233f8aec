package dev.skep.trace.metric;

import java.util.List;
import java.util.function.Supplier;

/**
 * Brings metrics to who collects them. Found by {@link java.util.ServiceLoader}, so that what it needs is read only when it is wanted.
 */
public interface MetricExporter {
    /** What it is asked for by: {@code prometheus}, {@code otlp}. */
    String name();

    /**
     * Starts.
     *
     * @param address where to or where from, as the exporter takes it; empty for its default
     * @param metrics the numbers as they are; may be asked on any thread, one at a time
     * @return ends it; what was counted until then has been brought, where it is the exporter that brings it
     * @throws IllegalArgumentException if it is no such address: the message says what is
     * @throws java.io.UncheckedIOException if it cannot be started
     */
    AutoCloseable start(String address, Supplier<List<Metric>> metrics);
}
