package dev.skep.trace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skep.trace.metric.Metric.Bucket;
import dev.skep.trace.metric.Metric.Kind;
import dev.skep.trace.metric.Metric.Label;
import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.print.MapContent;
import dev.skep.trace.print.Value;
import dev.skep.trace.run.WatchedMaps;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MapMetricsTest {
    private static final TraceType NUMBER = new TraceType.Number(8, true);

    private static List<Metric> metrics(String name, TraceType type, MapContent.Entry... entries) {
        PlannedMap map = new PlannedMap(name, "AT_" + name, Optional.empty(), type, false, OptionalInt.empty());
        MapContent content = new MapContent(name, MapContent.Kind.MAP, List.of(entries));
        List<Metric> all = MapMetrics.of(new WatchedMaps(List.of(new WatchedMaps.Watched(map, content)), 3));
        assertThat(all.getLast().name()).isEqualTo("skep_lost_events");
        assertThat(all.getLast().samples()).containsExactly(new Metric.Number(List.of(), 3));
        return all.subList(0, all.size() - 1);
    }

    private static MapContent.Entry entry(Value key, Value value) {
        return new MapContent.Entry(Optional.of(key), value);
    }

    @Test
    void countsAreCountersAndKeysLabels() {
        Value key = new Value.Tuple(List.of(new Value.Text("sh"), new Value.Number(5, true)));
        assertThat(metrics("opens", new TraceType.Count(), entry(key, new Value.Number(7, false))))
                .containsExactly(new Metric(
                        "skep_opens",
                        "the map @opens of the script",
                        Kind.COUNTER,
                        List.of(new Metric.Number(List.of(new Label("key1", "sh"), new Label("key2", "5")), 7))));
    }

    @Test
    void otherNumbersGoUpAndDown() {
        Metric metric = metrics("", NUMBER, new MapContent.Entry(Optional.empty(), new Value.Number(-2, true)))
                .getFirst();
        assertThat(metric.name()).isEqualTo("skep_map");
        assertThat(metric.kind()).isEqualTo(Kind.GAUGE);
        assertThat(metric.samples()).containsExactly(new Metric.Number(List.of(), -2));
    }

    @Test
    void unsignedNumbersAreNotNegative() {
        assertThat(metrics("n", NUMBER, new MapContent.Entry(Optional.empty(), new Value.Number(-1, false)))
                        .getFirst()
                        .samples())
                .containsExactly(new Metric.Number(List.of(), 0x1p64));
    }

    @Test
    void bucketsEndWithTheGreatestNumberInThem() {
        Value.Histogram histogram = new Value.Histogram(
                List.of(
                        new Value.Bucket(OptionalLong.of(4), OptionalLong.of(8), 2),
                        new Value.Bucket(OptionalLong.of(8), OptionalLong.of(16), 1)),
                false,
                0);
        assertThat(metrics("h", NUMBER, entry(new Value.Text("k"), histogram))
                        .getFirst()
                        .samples())
                .containsExactly(new Metric.Histogram(
                        List.of(new Label("key", "k")),
                        List.of(
                                new Bucket(3, 0),
                                new Bucket(7, 2),
                                new Bucket(15, 1),
                                new Bucket(Double.POSITIVE_INFINITY, 0))));
    }

    @Test
    void openBucketsHaveNoEnd() {
        Value.Histogram histogram = new Value.Histogram(
                List.of(
                        new Value.Bucket(OptionalLong.empty(), OptionalLong.of(0), 1),
                        new Value.Bucket(OptionalLong.of(100), OptionalLong.empty(), 4)),
                true,
                10);
        assertThat(metrics("h", NUMBER, new MapContent.Entry(Optional.empty(), histogram))
                        .getFirst()
                        .samples())
                .containsExactly(new Metric.Histogram(
                        List.of(), List.of(new Bucket(-1, 1), new Bucket(Double.POSITIVE_INFINITY, 4))));
    }

    @Test
    void statisticsAreThreeMetrics() {
        assertThat(metrics("s", NUMBER, new MapContent.Entry(Optional.empty(), new Value.Statistics(2, 5, 10, true))))
                .extracting(Metric::name, Metric::kind)
                .containsExactly(
                        tuple("skep_s_count", Kind.COUNTER),
                        tuple("skep_s_sum", Kind.GAUGE),
                        tuple("skep_s_average", Kind.GAUGE));
    }

    @Test
    void textsAreLabels() {
        assertThat(metrics("t", NUMBER, entry(new Value.Number(1, true), new Value.Text("x")))
                        .getFirst()
                        .samples())
                .containsExactly(new Metric.Number(List.of(new Label("key", "1"), new Label("value", "x")), 1));
    }
}
