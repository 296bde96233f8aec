package dev.skep.cli.trace;

import dev.skep.trace.metric.MapMetrics;
import dev.skep.trace.metric.Metric;
import dev.skep.trace.run.MapWatcher;
import dev.skep.trace.run.WatchedMaps;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads maps for who asks for metrics on other threads, on the thread that runs the script. */
final class MetricRequests implements MapWatcher {
    private static final long PATIENCE_SECONDS = 5;

    private final AtomicReference<@Nullable CompletableFuture<List<Metric>>> request = new AtomicReference<>();
    private volatile @Nullable List<Metric> last;

    /** The maps as they are, or were at the script's end. @throws IllegalStateException if the script does not come to answer */
    List<Metric> metrics() {
        CompletableFuture<List<Metric>> asked = new CompletableFuture<>();
        CompletableFuture<List<Metric>> before = request.compareAndExchange(null, asked);
        CompletableFuture<List<Metric>> answer = before == null ? asked : before;
        List<Metric> atTheEnd = last;
        if (atTheEnd != null) {
            return atTheEnd;
        }
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the maps were read", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the maps could not be read in " + PATIENCE_SECONDS + " seconds", e);
        }
    }

    @Override
    public void turn(Supplier<WatchedMaps> maps) {
        CompletableFuture<List<Metric>> asked = request.getAndSet(null);
        if (asked != null) {
            asked.complete(MapMetrics.of(maps.get()));
        }
    }

    @Override
    public void ends(Supplier<WatchedMaps> maps) {
        List<Metric> metrics = MapMetrics.of(maps.get());
        last = metrics;
        CompletableFuture<List<Metric>> asked = request.getAndSet(null);
        if (asked != null) {
            asked.complete(metrics);
        }
    }
}
