package dev.skep.cli.trace;

import dev.skep.trace.metric.MetricExporter;
import dev.skep.trace.run.MapWatcher;
import dev.skep.trace.run.WatchedMaps;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * What looks at a script's maps while it runs.
 *
 * @param stream where the script's output goes now
 * @param watchers told of each turn
 * @param started ended when this is closed
 */
record Exports(OutputStream stream, List<MapWatcher> watchers, List<AutoCloseable> started)
        implements MapWatcher, AutoCloseable {
    void add(MetricExporter exporter, String address) {
        MetricRequests requests = new MetricRequests();
        started.add(exporter.start(address, requests::metrics));
        watchers.add(requests);
    }

    @Override
    public void turn(Supplier<WatchedMaps> maps) {
        watchers.forEach(watcher -> watcher.turn(maps));
    }

    @Override
    public void ends(Supplier<WatchedMaps> maps) {
        watchers.forEach(watcher -> watcher.ends(maps));
    }

    @Override
    public void close() {
        for (AutoCloseable exporter : started) {
            try {
                exporter.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("ending an export of metrics", e);
            }
        }
    }
}
