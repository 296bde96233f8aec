package dev.skep.trace.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
    private final Decoder decoder = MadeUp.decoder();

    private Value histogram(int bits, long... countsByBucket) {
        TraceType.Histogram type = new TraceType.Histogram(bits);
        return decoder.aggregate(type, List.of(filled(type.buckets(), countsByBucket)), 1);
    }

    /** @param pairs a bucket and its count, a bucket and its count ... */
    private static MemorySegment filled(int buckets, long... pairs) {
        long[] counts = new long[buckets];
        for (int i = 0; i < pairs.length; i += 2) {
            counts[(int) pairs[i]] = pairs[i + 1];
        }
        return MadeUp.longs(counts);
    }

    @Test
    void bucketsArePowersOfTwoFromTheFirstUsedToTheLast() {
        assertThat(MadeUp.text(histogram(0, 0, 1, 1, 1, 2, 1, 3, 4, 4, 2))).isEqualTo("""
                        (..., 0)               1 |@@@@@@@@@@@@@                                       |
                        [0]                    1 |@@@@@@@@@@@@@                                       |
                        [1]                    1 |@@@@@@@@@@@@@                                       |
                        [2, 4)                 4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
                        [4, 8)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
                        """);
    }

    @Test
    void largeBoundsHaveUnits() {
        assertThat(MadeUp.text(histogram(0, 11, 1, 12, 1, 42, 1)))
                .startsWith("[512, 1K)              1 |")
                .contains(
                        "\n[1K, 2K)               1 |", "\n[512K, 1M)             0 |", "\n[1T, 2T)               1 |");
    }

    @Test
    void moreBitsMakeFinerBuckets() {
        assertThat(MadeUp.json(histogram(3, 9, 1, 17, 2, 24, 3)))
                .startsWith("[{\"min\": 8, \"max\": 8, \"count\": 1},{\"min\": 9, \"max\": 9, \"count\": 0}")
                .contains("{\"min\": 16, \"max\": 17, \"count\": 2}")
                .endsWith("{\"min\": 30, \"max\": 31, \"count\": 3}]");
    }

    @Test
    void unitsAreThoseOfTheWidthOfBuckets() {
        assertThat(MadeUp.text(histogram(3, 8 + 8 * 7, 1, 8 + 8 * 11, 1)))
                .contains("[960, 1024)", "[7680, 8K)", "[8K, 9K)")
                .doesNotContain("[1K", " 1K)");
    }

    @Test
    void jsonLeavesOutBoundsThatAreNone() {
        assertThat(MadeUp.json(histogram(0, 0, 5))).isEqualTo("[{\"max\": -1, \"count\": 5}]");
        assertThat(MadeUp.json(histogram(0))).isEqualTo("[]");
    }

    @Test
    void linearBucketsAreSteps() {
        TraceType.LinearHistogram type = new TraceType.LinearHistogram(0, 10, 2);
        Value value = decoder.aggregate(type, List.of(filled(type.buckets(), 0, 1, 2, 2, 6, 1)), 1);
        assertThat(MadeUp.text(value)).isEqualTo("""
                        (..., 0)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
                        [0, 2)                 0 |                                                    |
                        [2, 4)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
                        [4, 6)                 0 |                                                    |
                        [6, 8)                 0 |                                                    |
                        [8, 10)                0 |                                                    |
                        [10, ...)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
                        """);
        assertThat(MadeUp.json(value)).endsWith("{\"min\": 10, \"count\": 1}]");
    }

    @Test
    void aStepOfOneIsANumber() {
        TraceType.LinearHistogram type = new TraceType.LinearHistogram(0, 10, 1);
        assertThat(MadeUp.text(decoder.aggregate(type, List.of(filled(type.buckets(), 6, 1)), 1)))
                .startsWith("[5]                    1 |@");
    }

    @Test
    void timesOfASeriesAreAsPreciseAsTellsThemApart() {
        TraceType.TimeSeries type = new TraceType.TimeSeries(2_000_000_000, 2, TraceType.TimeSeries.Join.LAST, true);
        assertThat(MadeUp.text(decoder.aggregate(type, List.of(MadeUp.longs(5, 1, 0, 6, 1, 1)), 1)))
                .contains("\nhh:mm:ss |_", ":00 *", ":02 |");
        assertThat(MadeUp.text(decoder.aggregate(type, List.of(MadeUp.longs(5, 1, 0, 0, 0, 0)), 1)))
                .contains("\nhh:mm:ss.ns        |_", ":00.000000000 |");
        TraceType.TimeSeries fast = new TraceType.TimeSeries(300_000, 2, TraceType.TimeSeries.Join.LAST, true);
        assertThat(MadeUp.text(decoder.aggregate(fast, List.of(MadeUp.longs(5, 1, 0, 6, 1, 1)), 1)))
                .contains("\nhh:mm:ss.\u03bcs    |_", ":00.000300 |");
    }

    @Test
    void aSeriesIsAPlotOfItsIntervals() {
        TraceType.TimeSeries type = new TraceType.TimeSeries(100_000_000, 10, TraceType.TimeSeries.Join.LAST, true);
        long[] slots = new long[30];
        for (int i = 0; i < 3; i++) {
            slots[3 * i] = i == 0 ? 0 : 5;
            slots[3 * i + 1] = 1;
            slots[3 * i + 2] = i == 2 ? 3 : i;
        }
        String hour = TimeFormat.of("%H:%M").format(0);
        assertThat(MadeUp.text(decoder.aggregate(type, List.of(MadeUp.longs(slots)), 1)))
                .isEqualTo("""
                                     0                                                   5
                        hh:mm:ss.ms  |___________________________________________________|
                        %H:00.000 *                                                   | 0
                        %H:00.100 |                                                   * 5
                        %H:00.200 |                                                   | -
                        %H:00.300 |                                                   * 5
                                     v___________________________________________________v
                                     0                                                   5
                        """.replace("%H", hour));
    }
}
