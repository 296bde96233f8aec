package dev.skep.trace.metric;

import dev.skep.trace.metric.Metric.Bucket;
import dev.skep.trace.metric.Metric.Kind;
import dev.skep.trace.metric.Metric.Label;
import dev.skep.trace.metric.Metric.Sample;
import dev.skep.trace.print.MapContent;
import dev.skep.trace.print.TextBuffer;
import dev.skep.trace.print.Value;
import dev.skep.trace.run.WatchedMaps;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes metrics of maps. {@code @name} becomes {@code skep_name}, {@code @} becomes {@code skep_map}; a key becomes the label {@code key},
 * those of a tuple {@code key1}, {@code key2} ... or their names. {@code count()} is a counter, {@code hist()} and {@code lhist()} are
 * histograms, {@code avg()} and {@code stats()} have metrics for the count, the total and the average. What is no number is 1 with the label
 * {@code value}.
 */
public final class MapMetrics {
    private static final String PREFIX = "skep_";

    private MapMetrics() {}

    /** Those of a script: its maps, and {@code skep_lost_events}. */
    public static List<Metric> of(WatchedMaps maps) {
        List<Metric> metrics = new ArrayList<>();
        for (WatchedMaps.Watched watched : maps.maps()) {
            metrics.addAll(of(watched));
        }
        metrics.add(new Metric(
                PREFIX + "lost_events",
                "events that found no room in the ring buffer",
                Kind.COUNTER,
                List.of(new Metric.Number(List.of(), maps.lost()))));
        return metrics;
    }

    private static List<Metric> of(WatchedMaps.Watched watched) {
        String map = watched.map().name();
        String name = PREFIX + (map.isEmpty() ? "map" : map.replaceAll("[^A-Za-z0-9_]", "_"));
        Kind kind = watched.map().value() instanceof TraceType.Count ? Kind.COUNTER : Kind.GAUGE;
        Map<String, Draft> metrics = new LinkedHashMap<>();
        for (MapContent.Entry entry : watched.content().entries()) {
            List<Label> labels = labels(entry.key());
            switch (entry.value()) {
                case Value.Statistics(long count, long average, long total, boolean signed) -> {
                    add(metrics, name + "_count", Kind.COUNTER, number(labels, count, false));
                    add(metrics, name + "_sum", Kind.GAUGE, number(labels, total, signed));
                    add(metrics, name + "_average", Kind.GAUGE, number(labels, average, signed));
                }
                case Value.Histogram histogram -> add(metrics, name, Kind.HISTOGRAM, histogram(labels, histogram));
                case Value.Number(long value, boolean signed) ->
                    add(metrics, name, kind, number(labels, value, signed));
                case Value.Truth(boolean value) -> add(metrics, name, kind, number(labels, value ? 1 : 0, false));
                case Value.Series(List<Value.Point> points, long _) -> {
                    if (!points.isEmpty()
                            && points.getLast().value() instanceof Value.Number(long value, boolean signed)) {
                        add(metrics, name, Kind.GAUGE, number(labels, value, signed));
                    }
                }
                default -> {
                    List<Label> more = new ArrayList<>(labels);
                    more.add(new Label("value", text(entry.value())));
                    add(metrics, name, Kind.GAUGE, number(more, 1, false));
                }
            }
        }
        return metrics.entrySet().stream()
                .map(each -> new Metric(
                        each.getKey(),
                        "the map @" + map + " of the script",
                        each.getValue().kind(),
                        each.getValue().samples()))
                .toList();
    }

    /** A metric that samples are added to. */
    private record Draft(Kind kind, List<Sample> samples) {}

    private static void add(Map<String, Draft> metrics, String name, Kind kind, Sample sample) {
        metrics.computeIfAbsent(name, _ -> new Draft(kind, new ArrayList<>()))
                .samples()
                .add(sample);
    }

    private static Sample number(List<Label> labels, long value, boolean signed) {
        boolean large = !signed && value < 0;
        return new Metric.Number(labels, large ? (value >>> 1) * 2.0 + (value & 1) : value);
    }

    private static Sample histogram(List<Label> labels, Value.Histogram histogram) {
        List<Bucket> buckets = new ArrayList<>();
        boolean first = true;
        for (Value.Bucket bucket : histogram.buckets()) {
            OptionalLong from = bucket.from();
            if (first && from.isPresent()) {
                buckets.add(new Bucket(from.getAsLong() - 1.0, 0));
            }
            first = false;
            double bound = bucket.to().isPresent() ? bucket.to().getAsLong() - 1.0 : Double.POSITIVE_INFINITY;
            buckets.add(new Bucket(bound, bucket.count()));
        }
        if (buckets.isEmpty() || buckets.getLast().upperBound() != Double.POSITIVE_INFINITY) {
            buckets.add(new Bucket(Double.POSITIVE_INFINITY, 0));
        }
        return new Metric.Histogram(labels, buckets);
    }

    private static List<Label> labels(Optional<Value> key) {
        List<Label> labels = new ArrayList<>();
        switch (key.orElse(null)) {
            case null -> {}
            case Value.Tuple(List<Value> elements) -> {
                for (int i = 0; i < elements.size(); i++) {
                    labels.add(new Label("key" + (i + 1), text(elements.get(i))));
                }
            }
            case Value.Members(List<Value.Member> members) -> {
                for (Value.Member member : members) {
                    labels.add(new Label(member.name(), text(member.value())));
                }
            }
            case Value value -> labels.add(new Label("key", text(value)));
        }
        return labels;
    }

    private static String text(Value value) {
        if (value instanceof Value.CallStack(List<String> lines, var _)) {
            return String.join(";", lines);
        }
        TextBuffer text = new TextBuffer();
        value.appendText(text);
        return text.toString();
    }
}
